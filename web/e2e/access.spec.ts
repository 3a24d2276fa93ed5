/* Every page: axe finds nothing, nothing runs over the edge of a small phone, in all modes. */
import { type Page } from '@playwright/test'
import { Client } from '../../tests/http/client.mjs'
import { unitForm, uscc } from '../../tests/http/people.mjs'
import { faults } from './faults'
import { become, filed, officerOf, operatorOf, passed, rejected } from './ready'
import { arriveAt, expect, settled, test } from './person'

/* What a step before leaves for the page that says it is done. */
const before: Record<string, Record<string, unknown>> = {
	'/register/done': { registered: { known: false } },
	'/register/done?': { registered: { known: true } },
	'/password-reset/identity': { named: true },
	'/password-reset/done': { reset: true },
}

/* Between phone and desktop only the width is in question. */
async function tooWide(page: Page, place: string): Promise<string[]> {
	const found: string[] = []
	for (const width of [800, 1040]) {
		await page.setViewportSize({ width, height: 900 })
		const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
		if (over > 0) found.push(`${place}, ${width}: ${over} px too wide`)
	}
	return found
}

async function tour(page: Page, places: string[]): Promise<string[]> {
	const found: string[] = []
	for (const place of places) {
		const done = before[place]
		await (done ? arriveAt(page, place, done) : page.goto(place))
		await settled(page)
		await expect(page.locator('h1')).toBeAttached()
		await expect(page.getByText('正在加载……')).toHaveCount(0)
		/* else it goes on by itself */
		if (/done$/.test(place))
			await page
				.getByRole('button', { name: '停留在本页' })
				.click({ timeout: 1000 })
				.catch(() => undefined)
		if (!place.startsWith('/login')) await expect(page).not.toHaveURL(/login/)
		found.push(...(await tooWide(page, place)), ...(await faults(page, place)))
	}
	return found
}

test('ui 33, 36: pages for anybody', async ({ visit }) => {
	const { page, complaints } = await visit('public')
	const places = [
		'/',
		'/login',
		'/login?as=operator',
		'/register',
		'/register/done?',
		'/register/done',
		'/password-reset',
		'/password-reset/identity',
		'/password-reset/operator',
		'/password-reset/done',
		'/guide',
		'/integration',
		'/verify',
	]
	expect(
		await tour(page, [
			...places,
			'/about/site',
			'/about/statement',
			'/about/privacy',
			'/about/access',
			'/about/contact',
			'/nowhere',
		]),
	).toEqual([])
	expect(complaints.splice(0).every((line) => line.includes('404'))).toBe(true) /* the last of them */
})

test('ui 33, 36: the second step of 单位注册', async ({ visit }) => {
	const client = new Client()
	await client.session()
	await client.put('registration/unit', unitForm('hospital', uscc()))
	const { page } = await visit('public')
	await become(page, client)
	expect(await tour(page, ['/register/operator'])).toEqual([])
	await expect(page).toHaveURL(/register\/operator/)
})

test('ui 33, 36: pages of a unit', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const { page } = await visit('public')
	await become(page, who.unitClient)
	const places = [
		'/unit',
		'/unit/info',
		'/unit/certification',
		'/unit/operators',
		'/unit/operators/new',
		'/invitations',
		'/password',
		'/sessions',
		'/messages',
	]
	expect(await tour(page, [...places, '/applications'])).toEqual([])
})

test('ui 33, 36: pages of an operator and of an officer', async ({ visit }) => {
	const who = await operatorOf('pharmacy', ['440103', '440106'])
	const number = await filed(who, 'auth')
	const officer = (await visit('review')).page
	const local = await officerOf('local')
	for (const [field, place] of [
		['application_letter', 2],
		['contact_phone', 0],
	] as const)
		await local.create(`applications/${number}/pins`, { field, text: '请补正这一项', ...(place && { place }) })
	await become(officer, local)
	const desk = [
		'/',
		'/?view=done',
		'/?view=all',
		`/applications/${number}`,
		'/opinions',
		'/calendar',
		'/messages',
		'/statistics',
		'/certifications',
	]
	expect(await tour(officer, ['/login', ...desk])).toEqual([])
	await officer.goto('/')
	await officer.getByLabel('选择本页全部').check()
	expect(await faults(officer, 'the list with ticks')).toEqual([])
	await officer.getByRole('button', { name: '批量办理' }).click()
	expect(await faults(officer, 'the batch')).toEqual([])
	await become(officer, await officerOf('nation'))
	expect(await tour(officer, ['/?view=overdue', '/calendar'])).toEqual([])
	await rejected(number, '请按批注修改')
	const sentBack = (await visit('public')).page
	await become(sentBack, who.client)
	expect(await tour(sentBack, [`/applications/${number}`, `/applications/${number}/edit`])).toEqual([])
	const seen = await who.client.get(`applications/${number}`)
	await who.client.post(`applications/${number}/submission`, { version: seen.version })

	await passed(number)
	const { page } = await visit('public')
	await become(page, who.client)
	const of = (step: string) => `/applications/${number}${step}`
	const draft = await who.client.create('applications', { business_type: 'auth', app_source: 'own_new' })
	const mine = (step: string) => `/applications/${draft.number}${step}`
	const places = [
		mine('/edit'),
		mine('/check'),
		'/unit',
		'/choose-unit?again=1',
		'/choose-institution',
		'/applications',
		'/applications/new/edit',
		'/messages',
	]
	expect(
		await tour(page, [...places, of(''), of('/done'), of('/acceptance'), of('/channel-key'), of('/selftest')]),
	).toEqual([])
	await page.goto(`${mine('/edit')}`)
	await page.getByRole('button', { name: '提交', exact: true }).click()
	expect(await faults(page, 'the form with messages')).toEqual([])
})
