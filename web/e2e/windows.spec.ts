/* Several windows of one browser, addresses opened too early or too late, and what Back may show. */
import { type Page } from '@playwright/test'
import { Client } from '../../tests/http/client.mjs'
import { become, officerOf, openDraft, operatorOf, shared } from './ready'
import { button, expect, field, fill, link, settled, signIn, test } from './person'

async function newWindow(page: Page, place: string): Promise<Page> {
	const other = await page.context().newPage()
	await other.goto(place)
	await settled(other)
	return other
}

test('an address opened by somebody who is not signed in leads back to it afterwards', async ({ visit }) => {
	const who = await shared('hospital')
	const { number } = await who.client.create('applications', { business_type: 'mixed', contact_name: '孙联系' })
	const { page } = await visit('public')
	await page.goto(`/applications/${number}?from=message`)
	await expect(page).toHaveURL(/\/login\?next=/)
	await page.getByRole('tab', { name: '经办人登录' }).click()
	await signIn(page, 'login_operator', { phone: who.operator.phone, password: who.operator.password })
	await expect(page.getByText('孙联系')).toBeVisible()
	await expect(page).toHaveURL(new RegExp(`/applications/${number}\\?from=message$`))
	await page.goto('/login?next=//example.com')
	await signIn(page, 'login_unit', { account: who.unit.account, password: who.unit.password })
	await expect(page).toHaveURL(/\/unit$/)
	const { page: desk } = await visit('review')
	await desk.goto('/calendar')
	await signIn(desk, 'login_officer', { account: 'gz01', password: process.env.OFFICER_PASSWORD ?? 'Shenhe-2026' })
	await expect(desk.getByRole('heading', { name: '工作日历和办理时限' })).toBeVisible()
})

test('another account in another window: the first page says so, and sends nothing in its name', async ({ visit }) => {
	const [one, two] = [await operatorOf('hospital'), await shared('pharmacy')]
	const { page, complaints } = await visit('public')
	await become(page, one.unitClient)
	/* what the other window says is not heard here: the token alone must do */
	await page.addInitScript(() =>
		window.addEventListener('storage', (event) => event.stopImmediatePropagation(), true),
	)
	await page.goto('/unit/operators')
	await settled(page)
	const other = await newWindow(page, '/login')
	await signIn(other, 'login_unit', { account: two.unit.account, password: two.unit.password })
	await expect(other.getByText(two.unit.name).first()).toBeVisible()
	const dialog = page.getByRole('dialog', { name: '账号已切换' })
	await page.getByRole('button', { name: /^权限/ }).click()
	await page.getByLabel('定点医药机构移动支付申请').uncheck()
	await button(page, '确定').click()
	await expect(dialog).toContainText(two.unit.name)
	await expect(page.getByText(two.unit.name)).toHaveCount(1)
	const still = new Client()
	await still.loginUnit(two.unit.account, two.unit.password)
	expect((await still.get('operators')).items[0].grants).toContain('mobile_payment')
	await button(dialog, '刷新页面').click()
	await expect(page.locator('.j-account__name')).toHaveText(two.unit.name)
	complaints.splice(0) /* the token that was not the right one any more */
})

test('windows hear of each other: signing out shows nobody anything any more, another unit is said', async ({
	visit,
}) => {
	const who = await operatorOf('hospital', ['440103', '440106'])
	const { page, complaints } = await visit('public')
	await become(page, who.client)
	await page.goto('/applications/new/edit')
	await settled(page)
	const other = await newWindow(page, '/choose-institution')
	await other.getByText(who.others[0]!.name).click()
	await button(other, '进入').click()
	await expect(other.getByText(who.others[0]!.code)).toBeVisible()
	await expect(page.getByRole('dialog', { name: '账号已切换' })).toBeVisible()
	await button(page, '刷新页面').click()
	await expect(page.getByText(who.others[0]!.code)).toBeVisible()
	await other.locator('.j-account__button').click()
	await button(other, '退出').click()
	await expect(other).toHaveURL(/\/login/)
	await expect(page).toHaveURL(/\/login/)
	await expect(page.getByText(who.others[0]!.name)).toHaveCount(0)
	for (const each of [page, other]) {
		await each.goBack()
		await expect(each).toHaveURL(/\/login|about:blank/)
		await expect(each.getByText(who.others[0]!.name)).toHaveCount(0)
	}
	complaints.splice(0)
})

test('退出 saves what was just typed', async ({ visit }) => {
	const { page } = await visit('public')
	const { who, number } = await openDraft(page)
	await fill(page, 'application', { contact_name: '刚写完' })
	await page.locator('.j-account__button').click()
	await button(page, '退出').click()
	await expect(page).toHaveURL(/\/login/)
	const again = new Client()
	await again.loginOperator(who.operator.phone, who.operator.password)
	expect((await again.get(`applications/${number}`)).answers.contact_name).toBe('刚写完')
})

test('a page put away by the browser is not shown to whoever presses Back after 退出', async ({ visit }) => {
	const { page, complaints } = await visit('review')
	await become(page, await officerOf('colleague'))
	await page.goto('/opinions')
	await settled(page)
	const name = await page.locator('.j-account__name').textContent()
	await page.context().clearCookies()
	/* as the browser tells a page it takes out of its cache */
	await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
	await expect(page).toHaveURL(/\/login\?next=/)
	await expect(page.getByText(name ?? '')).toHaveCount(0)
	complaints.splice(0)
})

test('pages that say something was done show nothing to whom it was not done', async ({ visit }) => {
	const { page } = await visit('public')
	for (const [place, there] of [
		['/register/done', /\/register$/],
		['/register/done?known=1', /\/register$/],
		['/register/operator', /\/register$/],
		['/password-reset/done', /\/password-reset$/],
		['/password-reset/done?as=operator', /\/password-reset\/operator$/],
		['/password-reset/identity', /\/password-reset$/],
	] as const) {
		await page.goto(place)
		await expect(page, place).toHaveURL(there)
		await expect(page.getByText(/成功/)).toHaveCount(0)
	}
	await link(page, '返回登录').click()
	await expect(field(page, 'login_unit', 'account')).toBeVisible()
})
