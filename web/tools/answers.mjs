/*
 * Do the answers that pages received have the types of shared/api? Reads what the walk recorded
 * (record() in e2e/person.ts), one JSON line per answer, and lets TypeScript compare each with its type: a field
 * that is missing, of another kind, or that no type mentions is a fault. What is read from an
 * address of the public site that the table below does not know is one, too.
 * Usage: node tools/answers.mjs FILE
 */
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const both = {
	'GET dictionaries': 'Record<string, { code: string; text: string; hint?: string; active: boolean }[]>',
	'GET messages': '{ items: Message[]; unread: number; sms: boolean | null }',
	'GET regions': '{ items: Region[] }',
	'GET session': 'SessionBody',
	'GET sessions': '{ items: SessionRow[] }',
	'GET site': 'SiteBody',
	'GET uploads/{key}':
		"Omit<StoredFile, 'fresh'> & { offset: number; state: 'partial' | 'stored' | 'refused' | 'quarantined'; " +
		'slot: string; reason: string | null }',
	'GET applications/{key}': 'ApplicationBody',
	'POST captchas': '{ id: string }',
}
const DEED = '{ state: string; status: string; version: number }'
const types = {
	public: {
		...both,
		'GET announcements': '{ items: { id: number; title: string; body: string; starts: number }[] }',
		'GET applications': 'Page<ApplicationRow>',
		'GET applications/export': '{ total: number }',
		'GET applications/{key}/channel-key': 'ChannelKeyBody',
		'GET applications/{key}/sheets/{word}': 'SheetValues',
		'GET existing-apps': '{ items: { id: string; name: string; type: string; app_id: string }[] }',
		'GET official-channels': '{ items: { id: number; name: string; channel: string }[] }',
		'GET operators': '{ items: Operator[] }',
		'GET registration': '{ unit: Answers | null; operator: Answers | null; accepted: boolean }',
		'GET sandbox': 'Integration',
		'GET session/institutions': '{ items: Institution[] }',
		'GET session/units': '{ items: UnitChoice[] }',
		'GET unit': 'UnitBody',
		'GET verify/key': '{ public_key: string }',
		'GET verify/{key}': 'Standing',
		'POST applications': '{ number: string; version: number }',
		'PUT applications/{key}': '{ version: number }',
		'POST applications/{key}/submission': DEED,
		'POST applications/{key}/discard': DEED,
		'PUT applications/{key}/acceptance': '{ version: number }',
		'POST applications/{key}/acceptance/submission': DEED,
		'POST applications/{key}/selftest': 'Diagnosis',
		'POST applications/{key}/channel-key': "Omit<KeyReport, 'by' | 'state'>",
		'POST applications/{key}/sheets/{word}/reveal': '{ value: string }',
		'POST operators': '{ id: number; known: boolean }',
		'POST operators/lookup': '{ known: boolean; bound: boolean; name?: string }',
		'POST registration': '{ account: string; operator_known: boolean }',
		'POST unit/certification': "Pick<UnitBody, 'certification'> & { reason: string | null }",
		'POST unit/certification/manual': "Pick<UnitBody, 'certification'> & { reason: string | null }",
		'PUT operators/{id}/grants': "Pick<Operator, 'grants'>",
		'PUT registration/unit': '{ unit: Answers | null; operator: Answers | null; accepted: boolean }',
		'POST verify': 'Standing',
		'POST session/unit': 'SessionBody',
		'POST session/operator': 'SessionBody',
		'PUT session/chosen-unit': 'SessionBody',
		'PUT session/institution': 'SessionBody',
	},
	review: {
		...both,
		'GET calendar': 'CalendarBody',
		'GET certifications': 'CertificationQueue',
		'GET certifications/{id}': 'CertificationBody',
		'GET applications/{key}/credentials': 'CredentialList',
		'GET opinion-templates': '{ items: OpinionTemplate[]; may_national: boolean }',
		'GET queue': 'QueueBody',
		'GET queue/counts': 'AllCounts',
		'GET queue/filters': '{ items: SavedFilter[] }',
		'POST session/officer': 'SessionBody',
	},
}

const web = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const sources = ['types', 'desk'].map((name) => [
	`./api/${name}`,
	readFileSync(resolve(web, `shared/api/${name}.ts`), 'utf8'),
])
const nameOf = (path) =>
	path
		.replace(/\b[0-9a-f]{32}\b/g, '{key}')
		.replace(/\/\d+(?=\/|$)/g, '/{id}')
		.replace(/sheets\/(test|formal)/, 'sheets/{word}')

/* Two answers of one shape say the same about types; words may be one of a few that a type lists. */
const word = (text) => (/^[a-z_]{1,24}$/.test(text) ? text : '…')
const shapeOf = (value) =>
	JSON.stringify(value, (_, each) => (typeof each === 'string' ? word(each) : typeof each === 'number' ? 0 : each))

/* Constants, one per shape, each under the heading it will be reported by. */
function program(lines) {
	const seen = new Set()
	const unknown = new Set()
	const headings = []
	const code = sources.map(([from, text]) => {
		const names = [...text.matchAll(/^export (?:interface|type) (\w+)/gm)].map((found) => found[1])
		return `import type { ${names.join(', ')} } from '${from}'`
	})
	for (const { site, method, path, body } of lines) {
		const heading = `${method} ${nameOf(path)}`
		const type = types[site][heading]
		if (!type && site === 'public' && method === 'GET') unknown.add(heading)
		if (!type || seen.has(`${site} ${heading} ${shapeOf(body)}`)) continue
		seen.add(`${site} ${heading} ${shapeOf(body)}`)
		headings[code.length] = `${site}: ${heading}`
		code.push(`export const a${code.length} = ${JSON.stringify(body)} satisfies ${type}`)
	}
	return { text: code.join('\n'), headings, unknown: [...unknown], shapes: seen.size }
}

function faults({ text, headings }) {
	const file = resolve(web, 'shared/answers.check.ts') /* nowhere but in memory */
	const { config } = ts.readConfigFile(resolve(web, 'tsconfig.json'), ts.sys.readFile)
	const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, web)
	const host = ts.createCompilerHost(options)
	const { getSourceFile, fileExists } = host
	host.fileExists = (name) => name === file || fileExists(name)
	host.getSourceFile = (name, ...rest) =>
		name === file ? ts.createSourceFile(name, text, ...rest) : getSourceFile(name, ...rest)
	const made = ts.createProgram([file], { ...options, noUnusedLocals: false, types: [] }, host)
	const found = made.getSemanticDiagnostics(made.getSourceFile(file))
	return new Set(
		found.map((each) => {
			const { line } = ts.getLineAndCharacterOfPosition(each.file, each.start)
			return `${headings[line] ?? 'types'}: ${ts.flattenDiagnosticMessageText(each.messageText, ' ')}`
		}),
	)
}

const lines = readFileSync(process.argv[2], 'utf8')
	.split('\n')
	.filter(Boolean)
	.map((line) => JSON.parse(line))
const asked = program(lines)
const wrong = [
	...faults(asked),
	...asked.unknown.map((heading) => `public: ${heading}: name its type in tools/answers.mjs`),
]
for (const each of wrong) console.error(each)
console.log(`${lines.length} answers, ${asked.shapes} shapes, ${wrong.length} faults`)
process.exit(wrong.length || !asked.shapes ? 1 : 0)
