/* Rows 27–31: the fields of signing in and signing up, and what is hidden. */
import { phone as somePhone } from '../../tests/http/people.mjs'
import { afterStepOne, become, shared } from './ready'
import { button, expect, field, fill, settled, signIn, solveCaptcha, test } from './person'

test('ui 27: numbers are hidden in the page and in every answer to it', async ({ visit }) => {
	const who = await shared('hospital')
	const { page } = await visit('public')
	await become(page, who.unitClient)
	const bodies: Promise<string>[] = []
	page.on('response', (answer) => {
		if (/json/.test(answer.headers()['content-type'] ?? '')) bodies.push(answer.text())
	})
	for (const place of ['/unit/info', '/unit/operators']) {
		await page.goto(`${place}`)
		await settled(page)
		bodies.push(Promise.resolve(await page.content()))
	}
	await expect(
		page.getByText(`${who.operator.phone.slice(0, 3)}****${who.operator.phone.slice(-4)}`).first(),
	).toBeVisible()
	const all = (await Promise.all(bodies)).join('\n')
	for (const whole of [who.unit.legal_id_no, who.unit.legal_phone, who.operator.id_no, who.operator.phone])
		expect(all).not.toContain(whole)
})

test('ui 28: the picture code: another one, and twice as large, by keyboard', async ({ visit }) => {
	const { page } = await visit('public')
	await page.goto('/login')
	const picture = page.locator('img.j-captcha__picture')
	await expect(picture).toBeVisible()
	const before = await picture.boundingBox()
	const source = await picture.getAttribute('src')
	await field(page, 'login_unit', 'captcha').focus()
	await page.keyboard.press('Tab')
	await expect(button(page, '换一张')).toBeFocused()
	await page.keyboard.press('Enter')
	await expect(picture).not.toHaveAttribute('src', source ?? '')
	await button(page, '放大').focus()
	await page.keyboard.press('Space')
	await expect
		.poll(async () => (await picture.boundingBox())?.width ?? 0)
		.toBeGreaterThanOrEqual((before?.width ?? 0) * 2)
	await expect(button(page, '还原')).toHaveAttribute('aria-pressed', 'true')
})

test('ui 29: the SMS code: countdown, one-time-code, and a number that can be mended', async ({ visit }) => {
	const { page } = await visit('public')
	await afterStepOne(page)
	await page.goto('/register/operator')
	const number = somePhone()
	await fill(page, 'register_operator', { phone: number })
	await solveCaptcha(page, 'register_operator')
	await button(page, '发送验证码').click()
	await expect(page.getByText(`验证码已发送至 ${number}`)).toBeVisible()
	await expect(page.getByRole('button', { name: /^\d+ 秒后可重新发送$/ })).toBeDisabled()
	const code = field(page, 'register_operator', 'sms_code')
	await expect(code).toBeFocused()
	await expect(code).toHaveAttribute('autocomplete', 'one-time-code')
	await expect(code).toHaveAttribute('inputmode', 'numeric')
	await fill(page, 'register_operator', { phone: somePhone() })
	/* 「12 34 56」 is what every other test types (askSms), and it is accepted there. */
})

test('ui 30: a password can be shown and pasted, and is never cut off', async ({ visit }) => {
	const { page } = await visit('public')
	await page.goto('/register')
	const password = field(page, 'register_unit', 'password')
	await expect(password).toHaveAttribute('autocomplete', 'new-password')
	await expect(password).not.toHaveAttribute('maxlength')
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
	await page.evaluate(() => navigator.clipboard.writeText('Abcdefgh123456789'))
	await password.focus()
	await page.keyboard.press('ControlOrMeta+v')
	await expect(password).toHaveValue('Abcdefgh123456789')
	await page
		.getByRole('button', { name: /^显示\s*密码/ })
		.first()
		.click()
	await expect(password).toHaveAttribute('type', 'text')
	await button(page, '下一步').click()
	await expect(page.locator('[id="register_unit-password-error"]')).toContainText('8 至 16 位')
	await expect(password).toHaveValue('Abcdefgh123456789')
	await expect(field(page, 'register_unit', 'password2')).not.toHaveAttribute('maxlength')
})

test('ui 31: a wrong password and an unknown account read the same', async ({ visit }) => {
	const who = await shared('hospital')
	const { page, complaints } = await visit('public')
	const said: string[] = []
	for (const account of [who.unit.account, 'nobody_here']) {
		await page.goto('/login')
		await page.reload()
		await signIn(page, 'login_unit', { account, password: 'Wrong2026x' })
		said.push((await page.getByRole('alert').textContent()) ?? '')
		await expect(field(page, 'login_unit', 'account')).toHaveValue(account)
	}
	expect(said[0]).toContain('账号或密码不正确')
	expect(said[1]).toBe(said[0])
	expect(complaints.splice(0).every((line) => line.includes('401'))).toBe(true)
})
