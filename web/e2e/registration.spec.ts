/* 单位注册 in the browser: what a reload keeps, the region cascade, long-term papers, a known operator. */
import { type Page } from '@playwright/test'
import { sql } from '../../tests/http/client.mjs'
import { idCard, operatorForm, unitForm, uscc } from '../../tests/http/people.mjs'
import { shared } from './ready'
import { askSms, button, expect, field, fill, forgetPauses, link, pickRegion, solveCaptcha, test } from './person'

async function stepOne(page: Page, region: string[]) {
	const { region: _, ...unit } = unitForm('hospital', uscc())
	await page.goto('/register')
	await fill(page, 'register_unit', unit)
	await pickRegion(page, 'register_unit', region)
	await solveCaptcha(page, 'register_unit')
	await button(page, '下一步').click()
	await expect(page).toHaveURL(/register\/operator/)
	return unit
}

test('a reload keeps what was typed, but no password; 本级 is a region, a mere prefecture is none', async ({
	visit,
}) => {
	const { page, complaints } = await visit('public')
	const { region: _, ...whole } = unitForm('hospital', uscc())
	await page.goto('/login')
	await link(page, '立即注册').click()
	await expect(page.getByRole('heading', { name: '单位信息注册' })).toBeVisible()
	await expect(page.getByRole('navigation', { name: '当前位置' })).toContainText(/当前位置:\s*首页\s*>\s*单位注册/)
	for (const text of [
		'*为必填项',
		'单位信息录入',
		'经办人信息',
		'注册完成',
		'账号信息',
		'企业信息 (按申报企业营业执照信息填写)',
	])
		await expect(page.getByText(text, { exact: true }).first()).toBeVisible()
	await fill(page, 'register_unit', { name: '还没有填完的单位', uscc: '9144' })
	await page.reload()
	await expect(field(page, 'register_unit', 'name')).toHaveValue('还没有填完的单位')
	await expect(field(page, 'register_unit', 'uscc')).toHaveValue('9144')
	await expect(page.getByText('密码不会保留')).toBeVisible()
	await fill(page, 'register_unit', whole)
	await pickRegion(page, 'register_unit', ['440000', '440100'])
	await solveCaptcha(page, 'register_unit')
	await button(page, '下一步').click()
	await expect(page.locator('[id="register_unit-region-error"]')).toContainText('请选择到区县或本级')
	await page.getByRole('combobox').filter({ hasText: '本级' }).last().selectOption({ label: '广州市本级' })
	await button(page, '下一步').click()
	await expect(page).toHaveURL(/register\/operator/)

	await fill(page, 'register_operator', { name: '钱经办', phone: '13800000001', password: 'Jieru2026x' })
	await page.reload()
	await expect(page).toHaveURL(/register\/operator/)
	expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('Jieru2026x')
	await page.goBack()
	await expect(field(page, 'register_unit', 'name')).toHaveValue(whole.name)
	await page.goForward()
	await expect(page).toHaveURL(/register\/operator/)
	await expect(field(page, 'register_operator', 'name')).toHaveValue('钱经办')
	await expect(field(page, 'register_operator', 'phone')).toHaveValue('13800000001')
	await expect(field(page, 'register_operator', 'password')).toHaveValue('')
	await page.goto('/register')
	for (const [name, value] of Object.entries(whole))
		await expect(field(page, 'register_unit', name)).toHaveValue(name.startsWith('password') ? '' : String(value))
	await expect(page.getByRole('combobox').filter({ hasText: '本级' }).last().locator('option:checked')).toHaveText(
		'广州市本级',
	)
	expect(complaints.splice(0).every((line) => line.includes('422'))).toBe(true)
})

test('step 1 changed after it was accepted has to be gone through again', async ({ visit }) => {
	const { page } = await visit('public')
	await stepOne(page, ['440000', '440100', '440103'])
	await page.goBack()
	await fill(page, 'register_unit', { name: '另一家示例医院' })
	await page.goForward()
	await expect(page).toHaveURL(/register$/)
	await expect(field(page, 'register_unit', 'name')).toHaveValue('另一家示例医院')
})

test('长期 takes the place of an end date; papers that ran out are refused', async ({ visit }) => {
	const { page, complaints } = await visit('public')
	await stepOne(page, ['440000', '440100', '440103'])
	const { id_forever: _, ...operator } = operatorForm()
	for (const label of ['图形验证码', '短信验证码']) await expect(page.getByLabel(label)).toBeVisible()
	await expect(button(page, '发送验证码')).toBeVisible()
	await fill(page, 'register_operator', { ...operator, id_start: '2005-01-01', id_end: '2015-01-01' })
	await askSms(page, 'register_operator', operator.phone)
	await button(page, '下一步').click()
	await expect(page.locator('[id="register_operator-id_end-error"]')).toContainText('已过有效期')
	await fill(page, 'register_operator', { id_forever: true })
	await expect(field(page, 'register_operator', 'id_end')).toHaveCount(0)
	await button(page, '下一步').click()
	await expect(page.getByText('恭喜您, 注册成功!')).toBeVisible()
	await expect(page.getByText(/前往登录 \([123]\)/)).toBeVisible()
	await expect(page).toHaveURL(/\/login/)
	await expect(page.getByRole('tab', { name: '单位登录' })).toHaveAttribute('aria-selected', 'true')
	expect(complaints.splice(0).every((line) => line.includes('422'))).toBe(true)
})

test('a phone that is known: another person is refused, the same one keeps his password and is told so', async ({
	visit,
}) => {
	const { operator } = await shared('hospital')
	forgetPauses()
	const { page, complaints } = await visit('public')
	await stepOne(page, ['440000', '440100', '440103'])
	const { id_forever: _, ...typed } = operatorForm({ phone: operator.phone, name: operator.name, id_no: idCard() })
	await fill(page, 'register_operator', { ...typed, id_forever: true })
	await askSms(page, 'register_operator', operator.phone)
	await button(page, '下一步').click()
	await expect(page.locator('[id="register_operator-name-error"]')).toContainText('姓名或证件与登记信息不一致')
	await expect(page.getByText(operator.id_no)).toHaveCount(0)
	expect(complaints.splice(0).every((line) => line.includes('422'))).toBe(true)
})

test('typed with an input method, pasted as people have it, over a session that ran out between the steps', async ({
	visit,
}) => {
	const { page, complaints } = await visit('public')
	const { region: _, ...unit } = unitForm('hospital', uscc())
	const { id_forever: _forever, ...operator } = operatorForm()
	const wide = (text: string) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))
	await page.goto('/register')
	await fill(page, 'register_unit', {
		...unit,
		name: '',
		uscc: ` ${wide(unit.uscc.slice(0, 9))} ${unit.uscc.slice(9).toLowerCase()} `,
		legal_phone: `+86 ${unit.legal_phone.slice(0, 3)}-${unit.legal_phone.slice(3)}\u200b`,
	})
	/* letters that are not a word yet, and the Enter that chooses it, send nothing */
	const keys = await page.context().newCDPSession(page)
	await field(page, 'register_unit', 'name').focus()
	await keys.send('Input.imeSetComposition', { text: 'shiliyiyuan', selectionStart: 11, selectionEnd: 11 })
	await keys.send('Input.dispatchKeyEvent', {
		type: 'rawKeyDown',
		windowsVirtualKeyCode: 229,
		key: 'Process',
		code: 'Enter',
	})
	await keys.send('Input.insertText', { text: '示例医院' })
	await expect(field(page, 'register_unit', 'name')).toHaveValue('示例医院')
	await expect(page.locator('.j-summary')).toHaveCount(0)
	await pickRegion(page, 'register_unit', ['440000', '440100', '440103'])
	await solveCaptcha(page, 'register_unit')
	await button(page, '下一步').click()
	await expect(page).toHaveURL(/register\/operator/)
	await expect(field(page, 'register_operator', 'phone')).toHaveAttribute('autocomplete', 'tel')
	await fill(page, 'register_operator', { ...operator, id_start: '', phone: wide(operator.phone), id_forever: true })
	await field(page, 'register_operator', 'id_start').focus()
	await page.evaluate(() => {
		const clipboardData = new DataTransfer()
		clipboardData.setData('text/plain', '２０２０年1月2日')
		document.activeElement?.dispatchEvent(
			new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
		)
	})
	await expect(field(page, 'register_operator', 'id_start')).toHaveValue('2020-01-02')
	await page.context().clearCookies()
	await askSms(page, 'register_operator', operator.phone)
	await button(page, '下一步').click()
	await expect(page.getByText('恭喜您, 注册成功!')).toBeVisible()
	await button(page, '停留在本页').click()
	await page.reload()
	await expect(page.getByText('恭喜您, 注册成功!')).toBeVisible()
	expect(sql(`SELECT name FROM unit WHERE uscc = '${unit.uscc}'`)).toEqual([['示例医院']])
	complaints.splice(0) /* the session that was not there */
})
