/*
 * Lighthouse, mobile, of the pages people meet most, against a running portal: prints one table,
 * the middle of RUNS (3) of each page, and fails below the marks. Environment as for the walk (BASE,
 * VAR, SAMPLES); WHY=1 also says what cost points. Nothing else should use the machine meanwhile.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import lighthouse from 'lighthouse'
import { submitted } from '../../tests/http/cases.mjs'
import { readyOperator } from '../../tests/http/people.mjs'

const base = process.env.BASE ?? 'http://localhost:8080'
const runs = Number(process.env.RUNS ?? 3)
const marks = { performance: 95, accessibility: 100, 'best-practices': 100 }
const FIRST_PAGE = 90 * 1024 /* bytes of page, script and style as sent: what is compressed */
const port = 9333
const profile = mkdtempSync(join(tmpdir(), 'jieru-lighthouse-'))
const program = process.env.CHROMIUM ?? '/usr/bin/chromium'
const flags = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
]
const browser = spawn(
	program,
	[...flags, `--remote-debugging-port=${port}`, `--user-data-dir=${profile}`, 'about:blank'],
	{ stdio: 'ignore' },
)
let failed = 0

async function answered() {
	for (let i = 0; i < 100; i++) {
		const up = await fetch(`http://localhost:${port}/json/version`).catch(() => null)
		if (up) return
		await new Promise((done) => setTimeout(done, 100))
	}
	throw new Error('no browser')
}

const score = (lhr, name) => Math.round(lhr.categories[name].score * 100)
const requests = (lhr) => lhr.audits['network-requests'].details.items
const sum = (list) => list.reduce((all, each) => all + each.transferSize, 0)
const sent = (lhr) => sum(requests(lhr))
const packed = (lhr) =>
	sum(requests(lhr).filter((each) => ['Document', 'Script', 'Stylesheet'].includes(each.resourceType)))

/* The browser is nobody's; who is signed in travels as a header, so nothing else drives it. */
async function run(place, client) {
	const cookie = [...(client?.cookies ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')
	const { lhr } = await lighthouse(`${base}${place}`, {
		port,
		output: 'json',
		logLevel: 'error',
		extraHeaders: cookie ? { Cookie: cookie } : undefined,
		onlyCategories: Object.keys(marks),
	})
	return lhr
}

function why(lhr) {
	for (const { id, auditRefs } of Object.values(lhr.categories))
		for (const ref of auditRefs) {
			const audit = lhr.audits[ref.id]
			if (ref.weight && audit.score !== null && audit.score < 0.9)
				console.log(`    ${id}: ${ref.id} ${audit.displayValue ?? ''}`)
		}
	for (const id of ['long-tasks', 'layout-shifts'])
		for (const item of lhr.audits[id]?.details?.items ?? [])
			console.log(
				`    ${id}: ${item.url ?? item.node?.selector} ${item.duration?.toFixed(0) ?? item.score?.toFixed(3)}`,
			)
}

async function measure(name, place, client) {
	const found = []
	for (let i = 0; i < runs; i++) found.push(await run(place, client))
	found.sort((a, b) => score(a, 'performance') - score(b, 'performance'))
	const middle = found[Math.floor(runs / 2)]
	const scores = Object.keys(marks).map((each) => score(middle, each))
	const times = ['largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift']
	const cells = [
		name,
		...scores,
		...times.map((each) => middle.audits[each].displayValue),
		`${(packed(middle) / 1024).toFixed(0)} KB`,
		`${(sent(middle) / 1024).toFixed(0)} KB`,
	]
	console.log(`| ${cells.join(' | ')} |`)
	failed += Object.entries(marks).filter(([each, mark]) => score(middle, each) < mark).length
	failed += name === 'login' && packed(middle) > FIRST_PAGE ? 1 : 0
	if (process.env.WHY) why(middle)
}

try {
	await answered()
	const who = await readyOperator('hospital', process.env.SAMPLES)
	const number = await submitted(who, 'hospital', 'mixed')
	console.log(`${cpus().length} × ${cpus()[0].model}, ${runs} runs each`)
	console.log('| page | performance | accessibility | best practices | LCP | TBT | CLS | page, script, style | all |')
	console.log('|---|---|---|---|---|---|---|---|---|')
	await measure('login', '/login')
	await measure('list', '/applications', who.client)
	await measure('form', '/applications/new/edit', who.client)
	await measure('detail', `/applications/${number}`, who.client)
} finally {
	browser.kill()
	await new Promise((done) => browser.once('exit', done))
	rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}
if (failed) {
	console.error(`${failed} below the marks`)
	process.exit(1)
}
