/* Pictures of every page at 1280 and 390 px, for people to look at: `npm run shots`. */
import { type Page } from '@playwright/test'
import { become, filed, officerOf, operatorOf, passed } from './ready'
import { button, choose, expect, fill, test, upload } from './person'

const folder = process.env.SHOTS ?? 'test-results/shots'
let count = 0

async function shot(page: Page, name: string): Promise<void> {
	const file = `${folder}/${String(++count).padStart(2, '0')}-${name}`
	await page.waitForLoadState('networkidle')
	for (const [mark, width] of [['d', 1280], ['m', 390]] as const) {
		await page.setViewportSize({ width, height: 900 })
		await page.waitForTimeout(200)
		await page.screenshot({ path: `${file}-${mark}.png`, fullPage: true })
	}
	await page.setViewportSize({ width: 1280, height: 900 })
}

async function open(page: Page, place: string, name: string): Promise<void> {
	await page.goto(`${place}`)
	await expect(page.locator('h1')).toBeAttached()
	await shot(page, name)
}

test('pages for anybody', async ({ visit }) => {
	const { page } = await visit('portal')
	for (const [place, name] of [
		['/', 'home'],
		['/login', 'login'],
		['/register', 'register'],
		['/password-reset', 'reset'],
		['/password-reset/identity', 'reset-identity'],
		['/password-reset/operator', 'reset-operator'],
		['/guide', 'guide'],
		['/integration', 'integration'],
		['/about/contact', 'about'],
		['/nowhere', 'not-found'],
	] as const)
		await open(page, place, name)
	await page.goto('/register')
	await button(page, '下一步').click()
	await shot(page, 'register-refused')
})

test('pages of a unit', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const { page } = await visit('portal')
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
})

test('pages of an operator and of officers', async ({ visit }) => {
	const who = await operatorOf('pharmacy', ['440103', '440106'])
	const { page } = await visit('portal')
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
