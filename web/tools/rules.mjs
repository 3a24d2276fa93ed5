/*
 * Fetches from the server's program what the pages must not say a second time: the form tables and
 * texts (shared/generated/rules.json, and of these rules-public.json for the public site), the types
 * of what is asked and answered (from the OpenAPI documents of both sites) and the documents people download
 * (shared/generated/documents). Among these is the archive of the sample clients (deploy/clients).
 * The program is $PORTAL_BIN, or the first one found in the build folder.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'

const web = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const generated = resolve(web, 'shared/generated')
const documents = resolve(generated, 'documents')
const places = [process.env.PORTAL_BIN, resolve(web, '../build/portal'), resolve(web, '../build/fcgi/portal')]
const program = places.find((path) => path && existsSync(path))

if (!program) {
	if (!existsSync(resolve(generated, 'rules-public.json'))) {
		console.error('rules: the program `portal` is not built yet; build it or set PORTAL_BIN')
		process.exit(1)
	}
	console.warn('rules: no program `portal` found, keeping the rules.json of the last build')
	process.exit(0)
}

const run = (...args) => execFileSync(program, args, { maxBuffer: 16 << 20, stdio: ['ignore', 'pipe', 'inherit'] })
mkdirSync(generated, { recursive: true })
for (const name of ['rules', 'rules-public']) {
	const json = run('export', name)
	JSON.parse(json.toString('utf8'))
	writeFileSync(resolve(generated, `${name}.json`), json)
}

/* One module for both sites, for they share pages: a schema of one name is the same schema in both. */
const both = JSON.parse(run('export', 'openapi'))
const review = JSON.parse(run('export', 'openapi-review'))
for (const [path, methods] of Object.entries(review.paths)) both.paths[path] = { ...both.paths[path], ...methods }
for (const [name, schema] of Object.entries(review.components.schemas)) {
	const known = (both.components.schemas[name] ??= schema)
	if (JSON.stringify(known) !== JSON.stringify(schema)) throw new Error(`rules: two schemas called ${name}`)
}
writeFileSync(resolve(generated, 'api.ts'), astToString(await openapiTS(both)))
mkdirSync(documents, { recursive: true })
run('export', 'documents', documents)

const folder = mkdtempSync(resolve(tmpdir(), 'clients-'))
cpSync(resolve(web, '../deploy/clients'), resolve(folder, 'jieru-clients'), { recursive: true })
rmSync(resolve(documents, 'jieru-clients.zip'), { force: true })
execFileSync('zip', ['-q', '-X', '-r', resolve(documents, 'jieru-clients.zip'), 'jieru-clients'], { cwd: folder })
rmSync(folder, { recursive: true })
