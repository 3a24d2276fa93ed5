/* Somebody at a browser: a page that reports whatever a browser complains about. */
import { test as base, expect, type Browser, type Locator, type Page, type Request } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { messages, redis, sent, sql, until } from '../../tests/http/client.mjs'

export { expect } from '@playwright/test'
export const SAMPLES = process.env.SAMPLES ?? '../var/test/samples'
export const REVIEW = process.env.REVIEW ?? 'http://localhost:8081'

export interface Person {
	page: Page
	/* what the console said; must stay empty, but for what a test itself provokes and takes out */
	complaints: string[]
}

/* What the Content-Security-Policy refused, in the whole of a test; nobody takes anything out. */
type Refused = string[]

const PROVED = /\/api\/v1\/(unit\/security|applications\/[0-9a-f]+\/(sheets\/.*|channel-key))$/

/* Requests of a page that have no answer yet. */
const flying = new WeakMap<Page, Set<Request>>()

function watch(page: Page): void {
	const open = new Set<Request>()
	flying.set(page, open)
	page.on('request', (request) => open.add(request))
	page.on('requestfinished', (request) => open.delete(request))
	page.on('requestfailed', (request) => open.delete(request))
}

/* Loaded, and nothing asked for a moment; what never ends is not waited for. 'networkidle' takes half a second more. */
export async function settled(page: Page): Promise<void> {
	await page.waitForLoadState('load')
	for (let quiet = 0, i = 0; quiet < 4 && i < 100; i++) {
		quiet = flying.get(page)?.size ? 0 : quiet + 1
		await page.waitForTimeout(25)
	}
}

async function arrive(browser: Browser, baseURL: string, complaints: string[], refused: Refused): Promise<Person> {
	const context = await browser.newContext({ baseURL, locale: 'zh-CN', viewport: { width: 1280, height: 900 } })
	context.on('page', watch) /* its other windows too */
	const page = await context.newPage()
	page.on('pageerror', (error) => complaints.push(`script: ${error.message}`))
	page.on('console', (message) => {
		if (/content security policy/i.test(message.text())) refused.push(message.text())
		/* refused until the telephone has proved itself: the page asks for that, and again */
		const proof = /status of 403/.test(message.text()) && PROVED.test(message.location().url)
		if (['error', 'warning'].includes(message.type()) && !proof) complaints.push(`console: ${message.text()}`)
	})
	await context.exposeBinding('policyRefused', (_, text: string) => void refused.push(text))
	await context.addInitScript(() => {
		const report = (window as unknown as { policyRefused(text: string): void }).policyRefused
		document.addEventListener('securitypolicyviolation', (event) =>
			report(`${event.violatedDirective} ${event.blockedURI}`),
		)
	})
	return { page, complaints }
}

/* `visit('public')` and `visit('review')` open a fresh browser; nothing may be complained of. */
export const test = base.extend<{ visit: (site: 'public' | 'review') => Promise<Person> }>({
	visit: async ({ browser, baseURL }, use) => {
		const complaints: string[] = []
		const refused: Refused = []
		const people: Person[] = []
		await use(async (site) => {
			const person = await arrive(browser, site === 'public' ? (baseURL ?? '') : REVIEW, complaints, refused)
			people.push(person)
			return person
		})
		await Promise.all(people.map((person) => person.page.context().close()))
		expect(refused).toEqual([])
		expect(complaints).toEqual([])
	},
})

export const button = (within: Page | Locator, name: string) => within.getByRole('button', { name, exact: true })
export const link = (within: Page | Locator, name: string) => within.getByRole('link', { name, exact: true })

/* A new form asks whether an earlier draft is meant, as soon as it knows of one: it is not, whenever that is. */
export async function anotherDraft(page: Page): Promise<void> {
	const asked = page.getByRole('dialog', { name: '您有未提交的草稿' })
	await page.addLocatorHandler(asked, () => button(asked, '另建一张').click())
}

/* A field by its table's name, where two labels of the guide read alike. */
export const field = (page: Page, form: string, name: string) => page.locator(`[id="${form}-${name}"]`)

export async function fill(page: Page, form: string, answers: Record<string, string | boolean>): Promise<void> {
	for (const [name, value] of Object.entries(answers)) {
		const control = field(page, form, name)
		if (typeof value === 'boolean') await control.setChecked(value)
		else if ((await control.evaluate((node) => node.tagName)) === 'SELECT') await control.selectOption(value)
		else await control.fill(value)
	}
}

export async function choose(page: Page, form: string, name: string, code: string): Promise<void> {
	await field(page, form, name).locator(`input[value="${code}"]`).check()
}

export async function pickRegion(page: Page, form: string, codes: string[]): Promise<void> {
	for (const [level, code] of codes.entries()) {
		const select = page.locator(`[id="${form}-region${level ? `-${level}` : ''}"]`)
		await select.selectOption(code)
	}
}

/* Types what the picture shows; the answer lies in Redis. */
export async function solveCaptcha(page: Page, form: string): Promise<void> {
	const source = await page.locator('img.j-captcha__picture').getAttribute('src')
	const id = /[0-9a-f]{32}/.exec(source ?? '')?.[0]
	await field(page, form, 'captcha').fill(redis('GET', `captcha:${id}`))
}

/* As if nobody had been sent anything during the last minute. */
export function forgetPauses(): void {
	sql('UPDATE sms_counted SET at = at - 60')
}

export async function askSms(page: Page, form: string, phone: string): Promise<void> {
	const before = messages(phone).length
	await solveCaptcha(page, form)
	await button(page, '发送验证码').click()
	const text: string = await until(() => messages(phone)[before])
	const code = /\d{6}/.exec(text)?.[0] ?? ''
	await expect(page.getByText('验证码已发送至')).toBeVisible()
	await field(page, form, 'sms_code').fill(`${code.slice(0, 2)} ${code.slice(2, 4)} ${code.slice(4)}`)
}

/* file: one of the samples, or a path */
export async function upload(page: Page, form: string, name: string, file: string): Promise<void> {
	const input = field(page, form, name)
	await input.setInputFiles(file.startsWith('/') ? file : `${SAMPLES}/${file}`)
	const box = page.locator('.j-field').filter({ has: input })
	await expect(box.getByText('已上传 ·')).toBeVisible()
	await expect(box.getByText(file.replace(/.*\//, ''))).toBeVisible()
}

/* Opens a page that shows what the page before it did. */
export async function arriveAt(page: Page, place: string, done: Record<string, unknown>): Promise<void> {
	await page.goto('/about/site')
	await page.evaluate(([to, state]) => history.replaceState({ ...history.state, ...state }, '', to), [
		place,
		done,
	] as const)
	await page.reload()
}

export async function signIn(page: Page, form: string, answers: Record<string, string>): Promise<void> {
	await fill(page, form, answers)
	await solveCaptcha(page, form)
	await button(page, '登录').click()
}

const proofs = () => sent().filter(({ text }) => /^验证码.*确认本人/.test(text))

/* 验证手机号, as a dialog or a page of its own: asks for the code and gives it. */
export async function prove(page: Page): Promise<void> {
	const before = proofs().length
	await expect(field(page, 'proof', 'captcha')).toBeVisible()
	await solveCaptcha(page, 'proof')
	await button(page, '发送验证码').click()
	const { text } = await until(() => proofs()[before])
	await field(page, 'proof', 'sms_code').fill(/\d{6}/.exec(text)?.[0] ?? '')
	await button(page, '确认').click()
	await expect(field(page, 'proof', 'captcha')).toHaveCount(0)
}

/* The sheets are made by the jobs a moment after the last decision. */
export async function downloadSheet(page: Page, name: string): Promise<Buffer> {
	const shown = page.getByRole('button', { name: new RegExp(`^${name.replace('（', '\\s*（')}`) }).first()
	await expect(async () => {
		await page.reload()
		await expect(shown).toBeEnabled({ timeout: 2000 })
	}).toPass({ timeout: 30_000 })
	const file = page.waitForEvent('download')
	await shown.click()
	const asked = field(page, 'proof', 'captcha').waitFor()
	if (await Promise.race([file.then(() => false), asked.then(() => true)])) await prove(page)
	asked.catch(() => undefined)
	return readFileSync(await (await file).path())
}
