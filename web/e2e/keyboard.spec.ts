/* Row 32: the main job from signing in to 申请已提交 without a mouse. */
import { type Locator, type Page } from '@playwright/test'
import { redis } from '../../tests/http/client.mjs'
import { operatorOf } from './ready'
import { button, expect, field, link, SAMPLES, test } from './person'

/* Tab, until it is there. */
async function reach(page: Page, wanted: Locator, key = 'Tab'): Promise<void> {
	await wanted.first().waitFor({ state: 'attached' })
	const at = () => wanted.first().evaluate((node) => node === document.activeElement)
	for (let i = 0; i < 120 && !(await at()); i++) await page.keyboard.press(key)
	await expect(wanted.first()).toBeFocused()
}

async function type(page: Page, form: string, name: string, text: string): Promise<void> {
	await reach(page, field(page, form, name))
	await page.keyboard.type(text)
}

async function press(page: Page, control: Locator): Promise<void> {
	await reach(page, control)
	await page.keyboard.press('Enter')
}

async function give(page: Page, name: string, file: string): Promise<void> {
	await reach(page, field(page, 'application', name))
	const chooser = page.waitForEvent('filechooser')
	await page.keyboard.press('Enter')
	await (await chooser).setFiles(`${SAMPLES}/${file}`)
	const box = page.locator('.j-field').filter({ has: field(page, 'application', name) })
	await expect(box.getByText('已上传 ·')).toBeVisible()
	await expect(box.getByText(file)).toBeVisible()
}

test('ui 32: sign in, file an application, check and submit it, by keyboard alone', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const { page } = await visit('public')
	await page.mouse.move(0, 0)
	/* taken over from the start: asked for only when a key goes down, it may come after the browser's own chooser */
	page.on('filechooser', () => undefined)
	await page.goto('/login')
	await reach(page, page.getByRole('tab', { name: '单位登录' }))
	await page.keyboard.press('ArrowRight')
	await expect(page.getByRole('tab', { name: '经办人登录' })).toBeFocused()
	await type(page, 'login_operator', 'phone', who.operator.phone)
	await type(page, 'login_operator', 'password', who.operator.password)
	const source = await page.locator('img.j-captcha__picture').getAttribute('src')
	await type(page, 'login_operator', 'captcha', redis('GET', `captcha:${/[0-9a-f]{32}/.exec(source ?? '')?.[0]}`))
	await page.keyboard.press('Enter')
	await press(page, link(page, '进入'))
	await press(page, link(page, '新建申请单'))

	await reach(page, field(page, 'application', 'business_type').locator('input').first())
	await page.keyboard.press('ArrowDown')
	await expect(page.getByRole('radio', { name: /^医保混合支付/ })).toBeChecked()
	await type(page, 'application', 'contact_name', '孙联系')
	await type(page, 'application', 'contact_phone', '13800138000')
	await give(page, 'application_letter', '申请函.pdf')
	await give(page, 'agreement', '定点机构协议.pdf')
	await expect(page.getByText('已上传 ·')).toHaveCount(2)
	await press(page, button(page, '提交'))

	await expect(page.getByRole('heading', { level: 1, name: '请核对后提交' })).toBeFocused()
	await reach(page, page.getByRole('checkbox', { name: /我已核对/ }))
	await page.keyboard.press('Space')
	await press(page, button(page, '确认提交申请'))
	await expect(page.getByRole('heading', { level: 1, name: '申请已提交' })).toBeFocused()
	expect((await who.client.get('applications')).items[0].status).toBe('apply_review')
})
