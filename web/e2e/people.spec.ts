/* Operators, passwords, branches, hidden numbers. */
import { messages, sql, until } from '../../tests/http/client.mjs'
import { idCard, phone as somePhone } from '../../tests/http/people.mjs'
import { become, filed, officerOf, operatorOf, passed } from './ready'
import { askSms, button, choose, expect, fill, forgetPauses, link, signIn, solveCaptcha, test } from './person'

const NEW_PASSWORD = 'Change2026y'

test('a new operator: papers asked, password by SMS, changed at the first login; a known one: only invited', async ({
	visit,
}) => {
	const who = await operatorOf('hospital')
	const other = await operatorOf('pharmacy')
	const { page } = await visit('public')
	await become(page, who.unitClient)
	const number = somePhone()
	await page.goto('/unit/operators')
	await expect(page.getByRole('button', { name: /^删除/ })).toBeDisabled()
	await expect(page.getByText('只有一条经办人信息时，不支持解绑')).toBeVisible()
	await link(page, '新增经办人').click()
	await fill(page, 'operator_add', { phone: number })
	await button(page, '下一步').click()
	await page.getByLabel(/首次登记/).check()
	await button(page, '添加经办人').click()
	await expect(page.getByRole('alert').getByRole('link')).toHaveCount(5)
	await fill(page, 'operator_add', {
		name: '吴新来',
		id_type: 'id_card',
		id_no: idCard(),
		id_start: '2020-01-01',
		id_forever: true,
	})
	await button(page, '添加经办人').click()
	await expect(page.getByText('添加经办人成功')).toBeVisible()
	const invited = page.getByRole('table', { name: '待接受的邀请' })
	await expect(invited.getByRole('row').filter({ hasText: number })).toContainText('待接受')
	await expect(page.getByText('吴新来')).toHaveCount(0)

	await link(page, '新增经办人').click()
	await fill(page, 'operator_add', { phone: other.operator.phone })
	await button(page, '下一步').click()
	await button(page, '添加经办人').click()
	await expect(invited.getByRole('row')).toHaveCount(3)
	await expect(page.getByRole('table', { name: '本单位的经办人' }).getByRole('row')).toHaveCount(2)
	await page.getByRole('button', { name: /^撤回/ }).last().click()
	await button(page, '确认撤回').click()
	await expect(page.getByText('已撤回对')).toBeVisible()
	await expect(invited.getByRole('row')).toHaveCount(2)

	const text: string = await until(() => messages(number)[0])
	const first = /密码 ([A-Za-z0-9]{12})/.exec(text)?.[1] ?? ''
	const newcomer = (await visit('public')).page
	await newcomer.goto('/login?as=operator')
	await signIn(newcomer, 'login_operator', { phone: number, password: first })
	await expect(newcomer.getByText('您正在使用初始密码')).toBeVisible()
	await fill(newcomer, 'password_change', { old_password: first, password: NEW_PASSWORD, password2: NEW_PASSWORD })
	await button(newcomer, '确认修改').click()
	await expect(newcomer.getByText('密码已修改')).toBeVisible()
	await link(newcomer, '继续办理').click()
	await expect(newcomer.getByText('您还没有本单位的移动支付申请权限')).toBeVisible()

	await page.reload()
	await page
		.getByRole('row')
		.filter({ hasText: '吴新来' })
		.getByRole('button', { name: /^重置密码/ })
		.click()
	await button(page, '确认重置').click()
	await expect(page.getByText('重置密码成功')).toBeVisible()
})

test('找回密码 by the legal person, then login with the new password', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const { page } = await visit('public')
	await page.goto('/login')
	await link(page, '忘记密码').click()
	await fill(page, 'password_reset_account', { account: who.unit.account })
	await solveCaptcha(page, 'password_reset_account')
	await button(page, '下一步').click()
	await expect(page.getByText('温馨提示:若无法完成认证,请联系当地省级医保部门。')).toBeVisible()
	await expect(page.getByRole('navigation', { name: '当前位置' })).toContainText(/当前位置:\s*首页\s*>\s*找回密码/)
	for (const text of ['*为必填项', '填写账号', '身份验证']) await expect(page.getByText(text).first()).toBeVisible()
	const { name, uscc, legal_name, legal_id_type, legal_id_no, legal_phone } = who.unit
	await choose(page, 'password_reset', 'verifier', 'operator')
	await expect(page.getByLabel('经办人手机号')).toBeVisible()
	await choose(page, 'password_reset', 'verifier', 'legal')
	await expect(page.getByLabel('法人手机号')).toBeVisible()
	await fill(page, 'password_reset', {
		unit_name: name,
		uscc,
		legal_name,
		legal_id_type,
		legal_id_no,
		verifier_name: legal_name,
		phone: legal_phone,
		password: NEW_PASSWORD,
		password2: NEW_PASSWORD,
	})
	await askSms(page, 'password_reset', legal_phone)
	await button(page, '立即认证').click()
	await expect(page.getByText('新密码设置成功')).toBeVisible()
	await expect(page.getByRole('link', { name: /^去登陆 ?\([1-5]\)$/ })).toBeVisible()
	await expect(page).toHaveURL(/\/login/) // by itself
	await signIn(page, 'login_unit', { account: who.unit.account, password: NEW_PASSWORD })
	await expect(page.getByRole('heading', { name: '单位管理首页' })).toBeVisible()
	await page.locator('.j-account__button').click()
	await link(page, '单位信息').click()
	await expect(page.getByText(uscc)).toBeVisible()
	await expect(page.getByText(legal_id_no)).toHaveCount(0)
})

test('经办人找回密码 by his own phone; all his sessions end, and a message tells him', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const elsewhere = (await visit('public')).page
	await become(elsewhere, who.client)
	const { page, complaints } = await visit('public')
	forgetPauses()
	await page.goto('/login?as=operator')
	await link(page, '忘记密码').click()
	const { phone, name, id_no } = who.operator
	await fill(page, 'operator_reset', { phone, name: '别人', id_no, password: NEW_PASSWORD, password2: NEW_PASSWORD })
	await askSms(page, 'operator_reset', phone)
	await button(page, '重设密码').click()
	await expect(page.getByText('填写的信息与登记信息不一致')).toBeVisible()

	forgetPauses()
	await page.reload()
	await fill(page, 'operator_reset', { phone, name, id_no, password: NEW_PASSWORD, password2: NEW_PASSWORD })
	await askSms(page, 'operator_reset', phone)
	await button(page, '重设密码').click()
	await expect(page.getByText('新密码设置成功')).toBeVisible()
	await page.getByRole('link', { name: /去登陆/ }).click()
	await signIn(page, 'login_operator', { phone, password: NEW_PASSWORD })
	await expect(page.getByRole('heading', { name: '单位管理首页' })).toBeVisible()
	await page.goto('/messages')
	await expect(page.getByText('密码已重设')).toBeVisible()
	await elsewhere.goto('/messages')
	await expect(elsewhere.getByRole('heading', { name: '单位登录' })).toBeVisible()
	expect(complaints.splice(0).every((line) => /422|401/.test(line))).toBe(true)
})

test('a unit with branches chooses one, and changes it', async ({ visit }) => {
	const who = await operatorOf('pharmacy', ['440103', '440106'])
	const { page } = await visit('public')
	await page.goto('/login?as=operator&next=%2Fapplications')
	await signIn(page, 'login_operator', { phone: who.operator.phone, password: who.operator.password })
	await expect(page.getByRole('heading', { name: '选择定点机构' })).toBeVisible()
	await page.getByLabel(new RegExp(who.others[0]!.code)).check()
	await button(page, '进入').click()
	await expect(page.getByText(who.others[0]!.code)).toBeVisible()
	await link(page, '切换定点机构').click()
	await page.getByLabel(new RegExp(who.institution!.code)).check()
	await button(page, '进入').click()
	await expect(page.getByText(who.institution!.code)).toBeVisible()
})

test('ui 27: numbers are hidden until asked for, and asking is logged; an accepted application can be named again', async ({
	visit,
}) => {
	const who = await operatorOf('hospital')
	const number = await filed(who, 'auth')
	const { page } = await visit('review')
	await become(page, await officerOf('local'))
	await page.goto(`/applications/${number}`)
	await expect(page.getByRole('heading', { name: '材料预览' })).toBeVisible()
	const whole: string = who.unit.legal_id_no
	expect(await page.content()).not.toContain(whole)
	const line = page.locator('.j-dl__row').filter({ hasText: '法定代表人证件号码' })
	const reveals = () => Number(sql(`SELECT COUNT(*) FROM audit WHERE deed = 'application.reveal'`)[0]?.[0])
	const before = reveals()
	await line.getByRole('button').click()
	await expect(line.getByText(whole)).toBeVisible()
	expect(reveals()).toBe(before + 1)

	await passed(number)
	const applicant = (await visit('public')).page
	await become(applicant, who.client)
	await applicant.goto('/applications/new/edit')
	await choose(applicant, 'application', 'business_type', 'auth')
	await fill(applicant, 'application', { channel: 'wechat' })
	await choose(applicant, 'application', 'app_source', 'own_existing')
	await expect(applicant.locator('[id="application-existing_app"] option')).toHaveCount(2)
	await choose(applicant, 'application', 'app_source', 'official')
	await expect(applicant.locator('[id="application-official_channel"] option').nth(1)).toBeAttached()
})
