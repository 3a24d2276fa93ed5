/* 验证手机号: asked over the page before a secret is shown, and at each login where the unit wants that. */
import { ready } from '../../tests/http/cases.mjs'
import { become, filed, operatorOf, passed } from './ready'
import { button, expect, prove, signIn, test } from './person'
import { shot } from './shot'

test('before a secret: 取消 leaves it hidden, the code shows it, and nobody asks again', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const number = await filed(who, 'mixed')
	await passed(number)
	await ready(who, number, 'test')
	const { page, complaints } = await visit('public')
	await become(page, who.client)
	await page.goto(`/applications/${number}/keys/test`)
	const secret = page.getByRole('button', { name: /^查看\s*数字密钥/ })
	const dialog = page.getByRole('dialog', { name: '验证手机号' })
	await secret.click()
	await expect(dialog.getByText(/验证码将发送至 1\d\d\*+\d+/)).toBeVisible()
	await shot(page, 'proof-dialog')
	await button(dialog, '取消').click()
	await expect(page.getByText('请先用短信验证码验证手机号')).toBeVisible()
	await secret.click()
	await button(dialog, '确认').click()
	await expect(dialog.getByRole('alert')).toContainText('短信')
	await prove(page)
	await expect(page.getByRole('button', { name: /^隐藏\s*数字密钥/ })).toBeVisible()
	await page.getByRole('button', { name: /^查看\s*渠道私钥/ }).click()
	await expect(page.getByRole('button', { name: /^隐藏/ })).toHaveCount(2)
	await expect(dialog).toHaveCount(0)
	expect(complaints).toEqual([])
})

test('安全设置: a unit turns the second step on, and its 经办人 gives the code at the login', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const { page } = await visit('public')
	await become(page, who.unitClient)
	await page.goto('/unit/security')
	await expect(page.getByRole('heading', { name: '登录时再次验证：未开启' })).toBeVisible()
	await button(page, '开启').click()
	await prove(page)
	await expect(page.getByRole('heading', { name: '登录时再次验证：已开启' })).toBeVisible()
	await shot(page, 'security')

	const operator = (await visit('public')).page
	await operator.goto('/login?as=operator&next=/messages')
	await signIn(operator, 'login_operator', { phone: who.operator.phone, password: who.operator.password })
	await expect(operator.getByRole('heading', { name: '验证手机号' })).toBeVisible()
	await shot(operator, 'second-step')
	await operator.goto('/applications')
	await expect(operator.getByRole('heading', { name: '验证手机号' })).toBeVisible()
	await operator.goto('/second-step?next=/messages')
	await prove(operator)
	await expect(operator.getByRole('heading', { name: '站内消息' })).toBeVisible()
})
