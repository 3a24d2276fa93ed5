/* Which part of 操作指南 helps on which page; the longest beginning wins. */
const places: [string, string][] = [
	['/login', 'certify'],
	['/register', 'register'],
	['/password-reset', 'password'],
	['/unit', 'certify'],
	['/unit/operators', 'operators'],
	['/choose-', 'apply'],
	['/applications', 'apply'],
	['/messages', 'messages'],
]
const steps: [RegExp, string][] = [
	[/\/applications\/[0-9a-f]+$/, 'progress'],
	[/\/acceptance$/, 'accept'],
	[/\/selftest$/, 'test'],
	[/\/channel-key$/, 'formal'],
]

export function guideOf(path: string): string {
	const step = steps.find(([pattern]) => pattern.test(path))?.[1]
	const place = places.filter(([begin]) => path.startsWith(begin)).sort((a, b) => b[0].length - a[0].length)[0]?.[1]
	const key = step ?? place
	return key ? `/guide#${key}` : '/guide'
}
