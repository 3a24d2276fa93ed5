/* How times, sizes and numbers are written for people. The country keeps one time zone. */
const ZONE = 'Asia/Shanghai'
const parts = new Intl.DateTimeFormat('en-CA', {
	timeZone: ZONE,
	year: 'numeric',
	month: '2-digit',
	day: '2-digit',
	hour: '2-digit',
	minute: '2-digit',
	hourCycle: 'h23',
})

function pieces(seconds: number): Record<string, string> {
	const found: Record<string, string> = {}
	for (const part of parts.formatToParts(new Date(seconds * 1000))) found[part.type] = part.value
	return found
}

/* 2026-04-01 */
export function day(seconds: number | null | undefined): string {
	if (!seconds) return '-'
	const at = pieces(seconds)
	return `${at.year}-${at.month}-${at.day}`
}

/* 2026-04-01 09:21 */
export function dayTime(seconds: number | null | undefined): string {
	if (!seconds) return '-'
	const at = pieces(seconds)
	return `${at.year}-${at.month}-${at.day} ${at.hour}:${at.minute}`
}

/* 09:21 */
export function clock(seconds: number): string {
	const at = pieces(seconds)
	return `${at.hour}:${at.minute}`
}

/* 3.2 MB; below a tenth of one, KB. */
export function fileSize(bytes: number): string {
	const mb = bytes / 1048576
	return mb < 0.1 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${mb.toFixed(1)} MB`
}

/* 32 characters are too many for a cell: the first eight and the last four. */
export function shortNumber(number: string): string {
	return number.length > 16 ? `${number.slice(0, 8)}…${number.slice(-4)}` : number
}

/* 2 天, 3 小时, 刚刚 */
export function elapsed(since: number, now: number): string {
	const hours = Math.floor((now - since) / 3600)
	if (hours >= 24) return `${Math.floor(hours / 24)} 天`
	return hours >= 1 ? `${hours} 小时` : '不到 1 小时'
}

/* 陈*例: the header shows who is signed in without the whole name. */
export function maskedName(name: string): string {
	const letters = [...name]
	if (letters.length < 2 || name.includes('*')) return name
	const last = letters.length > 2 ? letters[letters.length - 1] : ''
	return `${letters[0]}${'*'.repeat(Math.max(1, letters.length - 2))}${last}`
}
