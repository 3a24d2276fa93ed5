/* Pictures of every page at 1280 and 390 px, for people to look at: `npm run shots`. */
import { type Page } from '@playwright/test'
import { copyFileSync, mkdirSync } from 'node:fs'
import { Client, sql, VAR } from '../../tests/http/client.mjs'
import { applicationForm, copies } from '../../tests/http/cases.mjs'
import { unitForm, uscc } from '../../tests/http/people.mjs'
import { accepting, become, filed, officerOf, operatorOf, passed, rejected } from './ready'
import { reportKey } from './steps'
import { arriveAt, button, choose, downloadSheet, expect, fill, SAMPLES, settled, test, upload } from './person'

const folder = process.env.SHOTS ?? 'test-results/shots'
let count = 0

async function shot(page: Page, name: string, fullPage = true): Promise<void> {
	const file = `${folder}/${String(++count).padStart(2, '0')}-${name}`
	await settled(page)
	for (const [mark, width] of [
		['d', 1280],
		['m', 390],
	] as const) {
		await page.setViewportSize({ width, height: 900 })
		await page.waitForTimeout(200)
		await page.screenshot({ path: `${file}-${mark}.png`, fullPage })
	}
	await page.setViewportSize({ width: 1280, height: 900 })
}

async function open(page: Page, place: string, name: string): Promise<void> {
	await page.goto(`${place}`)
	await expect(page.locator('h1')).toBeAttached()
	await shot(page, name)
}

test('pages for anybody', async ({ visit }) => {
	const { page, complaints } = await visit('public')
	for (const [place, name] of [
		['/', 'home'],
		['/login', 'login'],
		['/register', 'register'],
		['/password-reset', 'reset'],
		['/password-reset/operator', 'reset-operator'],
		['/invitations', 'invitations'],
		['/verify', 'verify'],
		['/integration', 'integration'],
		['/about/contact', 'about'],
		['/nowhere', 'not-found'],
	] as const)
		await open(page, place, name)
	complaints.splice(0) /* the address that is none */
	for (const [place, name, done] of [
		['/password-reset/identity', 'reset-identity', { named: true }],
		['/password-reset/done', 'reset-done', { reset: true }],
		['/register/done', 'register-done', { registered: { known: true } }],
	] as const) {
		await arriveAt(page, place, done)
		await shot(page, name)
	}
	await page.goto('/register')
	await button(page, '下一步').click()
	await shot(page, 'register-refused')
	await page.goto('/login')
	await button(page, '登录').click()
	await shot(page, 'login-refused')
	const client = new Client()
	await client.session()
	await client.put('registration/unit', unitForm('hospital', uscc()))
	await become(page, client)
	await open(page, '/register/operator', 'register-operator')
})

test('pages of a unit', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const { page } = await visit('public')
	await become(page, who.unitClient)
	for (const [place, name] of [
		['/unit', 'unit'],
		['/unit/info', 'unit-info'],
		['/unit/certification', 'certification'],
		['/unit/operators/new', 'operator-new'],
		['/password', 'password'],
		['/unit/operators', 'operators'],
	] as const)
		await open(page, place, name)
	await page.getByRole('button', { name: /^权限/ }).click()
	await shot(page, 'operator-grant')
	await button(page, '取消').click()
	await page.locator('.j-account__button').click()
	await shot(page, 'account-menu')
	await open(page, '/sessions', 'sessions')
	await page.route('**/api/v1/unit', async (route) => {
		const answer = await route.fetch()
		const body = await answer.json()
		await route.fulfill({
			response: answer,
			json: {
				...body,
				certification: 'failed',
				certification_reason: '营业执照上的统一社会信用代码与本单位不一致',
			},
		})
	})
	await open(page, '/unit/certification', 'certification-failed')
})

test('pages of an operator and of officers', async ({ visit }) => {
	const who = await operatorOf('pharmacy', ['440103', '440106'])
	const { page } = await visit('public')
	await become(page, who.client)
	await open(page, '/unit', 'operator-home')
	await open(page, '/choose-institution', 'choose-institution')
	await open(page, '/applications', 'list-empty')
	await open(page, '/applications/new/edit', 'form-new')
	await choose(page, 'application', 'business_type', 'auth')
	await choose(page, 'application', 'app_source', 'own_new')
	await button(page, '提交').click()
	await shot(page, 'form-refused')
	await fill(page, 'application', { channel: 'wechat', app_name: '示例大药房小程序', app_type: 'miniprogram' })
	await choose(page, 'application', 'purchase_channels', 'meituan')
	await fill(page, 'application', { contact_name: '孙联系', contact_phone: '13800138000' })
	await upload(page, 'application', 'app_screenshot', '应用首页截图.png')
	await upload(page, 'application', 'application_letter', '申请函.pdf')
	await upload(page, 'application', 'agreement', '定点机构协议.pdf')
	await shot(page, 'form-filled')
	await page.getByRole('button', { name: /^预览/ }).last().click()
	await shot(page, 'preview')
	await page.keyboard.press('Escape')
	await button(page, '提交').click()
	await shot(page, 'check')
	await page.getByLabel(/我已核对/).check()
	await button(page, '确认提交申请').click()
	await expect(page).toHaveURL(/done/)
	await shot(page, 'done')

	const number = /[0-9a-f]{32}/.exec(page.url())?.[0] ?? ''
	const officer = (await visit('review')).page
	await open(officer, '/login', 'review-login')
	await become(officer, await officerOf('local'))
	await officer.reload()
	await open(officer, '/', 'review-queue')
	await open(officer, '/statistics', 'review-statistics')
	await open(officer, `/applications/${number}`, 'review-item')
	await choose(officer, 'decision', 'event', 'reject')
	await button(officer, '提交审核结论').click()
	await shot(officer, 'review-refused')

	await open(page, `/applications/${number}`, 'detail-review')
	await button(page, '弃用单据').click()
	await shot(page, 'discard')
	await fill(page, 'discard', { reason: '填写有误' })
	await button(page, '下一步').click()
	await shot(page, 'discard-sure')
	await button(page, '返回').click()
	await button(page, '取消').click()
	await passed(number)
	await filed(who, 'mixed')
	await open(page, '/applications', 'list')
	await open(page, `/applications/${number}`, 'detail-applied')
	await open(page, `/applications/${number}/acceptance`, 'acceptance')
	await open(page, `/applications/${number}/channel-key`, 'channel-key')
	await open(page, '/messages', 'messages')
	await button(page, '大字版').click()
	await button(page, '高对比度').click()
	await open(page, `/applications/${number}`, 'modes')
})

const LONG = '示例市示例区人民政府直属示例街道社区卫生服务中心暨示例医科大学附属示例医院'.repeat(3).slice(0, 100)

test('much of everything: long names, many rounds, many messages, all modes, paper', async ({ visit }) => {
	const who = await operatorOf('hospital')
	sql(`UPDATE unit SET name = '${LONG}' WHERE account = '${who.unit.account}'`)
	sql(`UPDATE institution SET name = '${LONG}' WHERE code = '${who.institution!.code}'`)
	const long = `${VAR}/cache/${'很长的文件名'.repeat(12)}.pdf`
	mkdirSync(`${VAR}/cache`, { recursive: true })
	copyFileSync(`${SAMPLES}/申请函.pdf`, long)
	const form = {
		...(await applicationForm(who, 'hospital', 'auth')),
		app_name: LONG.slice(0, 50),
		application_letter: await who.client.upload('application_letter', long, `${'很长的文件名'.repeat(32)}.pdf`),
		remark: LONG.repeat(2),
	}
	const { number, version } = await who.client.create('applications', form)
	await who.client.post(`applications/${number}/submission`, { version })
	const local = await officerOf('local')
	for (const [field, place] of [
		['application_letter', 1],
		['contact_phone', 0],
	] as const)
		await local.create(`applications/${number}/pins`, {
			field,
			text: `请补正：${LONG.slice(0, 60)}`,
			...(place && { place }),
		})
	await rejected(number, LONG.repeat(2))
	const { page } = await visit('public')
	await become(page, who.client)
	await open(page, `/applications/${number}`, 'rejected')
	await open(page, `/applications/${number}/edit`, 'rejected-edit')
	for (let round = 0; round < 4; round++) {
		const seen = await who.client.get(`applications/${number}`)
		const files = Object.fromEntries(
			Object.entries(seen.files).map(([name, file]) => [name, (file as { id: string }).id]),
		)
		const { version: now } = await who.client.put(`applications/${number}`, {
			...seen.answers,
			...files,
			contact_phone: `020-8123456${round}`,
			version: seen.version,
		})
		await who.client.post(`applications/${number}/submission`, { version: now })
		if (round < 3) await rejected(number, '请补盖公章')
	}
	await open(page, `/applications/${number}`, 'many-rounds')
	const draft = await who.client.create('applications', { business_type: 'auth', app_source: 'own_new' })
	copies(
		draft.number,
		Array.from({ length: 12 }, (_, at) => (at % 3 ? `示例应用 ${at}` : LONG.slice(0, 50))),
	)
	await open(page, '/applications', 'list-long')
	await open(page, '/unit', 'unit-long')
	await open(page, '/messages', 'messages-many')
	await page.goto(`/applications/${draft.number}/edit`)
	await page
		.locator('[id="application-plan"]')
		.setInputFiles({ name: '太大.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(31 << 20) })
	await upload(page, 'application', 'agreement', '定点机构协议.pdf')
	await button(page, '提交').click()
	await shot(page, 'form-wrong-file')
	await passed(number)
	await page.goto(`/applications/${number}`)
	await downloadSheet(page, '下载移动支付渠道反馈单')
	await open(page, `/applications/${number}/keys/test`, 'keys')
	await open(page, `/applications/${number}/selftest`, 'selftest')
	await page.goto(`/applications/${number}`)
	await reportKey(page)
	await accepting(who, number, 'auth')
	await open(page, `/applications/${number}/done?acceptance=1`, 'done-acceptance')
	await passed(number)
	await page.goto(`/applications/${number}`)
	await downloadSheet(page, '下载移动支付渠道反馈单（正式环境）')
	await shot(page, 'accepted')
	await page.emulateMedia({ media: 'print' })
	await open(page, `/applications/${number}`, 'paper-detail')
	await open(page, `/applications/${number}/done`, 'paper-done')
	await open(page, '/applications', 'paper-list')
	await page.emulateMedia({ media: null })
	await page.goto('/applications')
	await button(page, '大字版').click()
	for (const [place, name] of [
		['/applications', 'list'],
		[`/applications/${draft.number}/edit`, 'form'],
		['/unit', 'unit'],
		['/login', 'login'],
		['/register', 'register'],
	] as const)
		await open(page, place, `large-${name}`)
	await button(page, '高对比度').click()
	for (const [place, name] of [
		['/applications', 'list'],
		[`/applications/${draft.number}/edit`, 'form'],
		[`/applications/${draft.number}/check`, 'check'],
	] as const)
		await open(page, place, `contrast-${name}`)
})

test('the guide', async ({ visit }) => {
	const { page } = await visit('public')
	await page.goto('/guide')
	await shot(page, 'guide', false)
	await page.getByRole('heading', { name: '1. 单位注册' }).scrollIntoViewIfNeeded()
	await page.mouse.wheel(0, 700)
	await shot(page, 'guide-part', false)
})
