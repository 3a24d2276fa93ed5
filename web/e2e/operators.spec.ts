/* Handing a business over, one's own sessions, and an operator of several units. */
import { Client, messages, sql, until } from '../../tests/http/client.mjs'
import {
	joined,
	newcomer,
	PASSWORD,
	phone as somePhone,
	operatorForm,
	register,
	secretTo,
	uscc,
} from '../../tests/http/people.mjs'
import { become, operatorOf } from './ready'
import { button, choose, expect, fill, link, signIn, solveCaptcha, test } from './person'

/* A second operator of the unit; his phone. */
async function second(who: Awaited<ReturnType<typeof operatorOf>>): Promise<string> {
	return (await newcomer(who.unitClient, { name: '孙接手' })).phone
}

test('移交: of two businesses the one that is chosen goes, and both are told', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const heir = await second(who)
	const [first] = (await who.unitClient.get('operators')).items
	await who.unitClient.put(`operators/${first.id}/grants`, { business: ['mobile_payment', 'e_prescription'] })
	await who.client.create('applications', { business_type: 'mixed', remark: '移交前的草稿' })

	const { page } = await visit('public')
	await become(page, who.unitClient)
	await page.goto('/unit/operators')
	await page.getByRole('button', { name: /^移交/ }).click()
	const dialog = page.getByRole('dialog')
	await button(dialog, '确认移交').click()
	await expect(dialog.getByRole('alert')).toContainText('请选择要移交的业务')
	await choose(page, 'transfer', 'business', 'e_prescription')
	await dialog.getByLabel(/孙接手/).check()
	await button(dialog, '确认移交').click()
	await expect(page.getByRole('status')).toContainText('已将“定点医药机构电子处方申请”由 钱经办 移交给 孙接手')
	await expect(page.getByRole('row').filter({ hasText: '钱经办' })).toContainText('定点医药机构移动支付申请')
	await expect(page.getByRole('row').filter({ hasText: '孙接手' })).toContainText('定点医药机构电子处方申请')

	await page.getByRole('row').filter({ hasText: '钱经办' }).getByRole('button', { name: /^移交/ }).click()
	await expect(dialog.getByRole('heading', { name: '移交：定点医药机构移动支付申请' })).toBeVisible()
	await dialog.getByLabel(/孙接手/).check()
	await button(dialog, '确认移交').click()
	await expect(page.getByRole('row').filter({ hasText: '钱经办' })).toContainText('未授权')
	await until(() => messages(heir).filter((text: string) => text.includes('已授权您办理')).length === 2)
	await until(
		() => messages(who.operator.phone).filter((text: string) => text.includes('移交给其他经办人办理')).length === 2,
	)
	expect(
		sql(
			`SELECT COUNT(*) FROM application a JOIN unit u ON u.id = a.unit_id
			 WHERE u.account = '${who.unit.account}'`,
		)[0]?.[0],
	).toBe('1')
})

test('登录管理: when one was here last, where one is signed in, and an end to it', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const elsewhere = new Client()
	await elsewhere.loginOperator(who.operator.phone, PASSWORD)
	const { page } = await visit('public')
	await page.goto('/login?as=operator')
	await signIn(page, 'login_operator', { phone: who.operator.phone, password: PASSWORD })
	await expect(page.getByText(/上次登录 \d{4}-\d\d-\d\d \d\d:\d\d，来自/)).toBeVisible() // the home page says so
	await page.locator('.j-account__button').click()
	await page.locator('.j-account').getByRole('link', { name: '登录管理' }).click()
	await expect(page.getByText(/上次登录：\d{4}-\d\d-\d\d \d\d:\d\d，来自 (127\.0\.0\.1|::1)。/)).toBeVisible()
	await expect(page.getByText('本次登录')).toHaveCount(1)
	await expect(page.getByRole('row')).toHaveCount(4)
	await page
		.getByRole('button', { name: /^结束\s*\d/ })
		.first()
		.click()
	await expect(page.getByText('该登录已结束')).toBeVisible()
	await button(page, '结束其他会话').click()
	await expect(page.getByText('其他登录已全部结束')).toBeVisible()
	await expect(page.getByRole('row')).toHaveCount(2)
	for (const client of [elsewhere, who.client]) expect((await client.session()).kind).toBe('none')
})

test('an operator of two units chooses one, and goes to the other without signing in again', async ({ visit }) => {
	const one = await operatorOf('hospital')
	const two = await operatorOf('pharmacy')
	await joined(two.unitClient, one.operator, one.client)
	const { page } = await visit('public')
	await page.goto('/login?as=operator')
	await signIn(page, 'login_operator', { phone: one.operator.phone, password: PASSWORD })
	await expect(page.getByRole('heading', { name: '选择单位' })).toBeVisible()
	await page.getByLabel(new RegExp(one.unit.name)).check()
	await button(page, '进入').click()
	await expect(page.getByRole('heading', { name: '单位管理首页' })).toBeVisible()
	await expect(page.getByText(one.unit.name).first()).toBeVisible()
	await page.locator('.j-account__button').click()
	await link(page, '切换单位').click()
	await page.getByLabel(new RegExp(two.unit.name)).check()
	await button(page, '进入').click()
	await expect(page.getByText(two.unit.name).first()).toBeVisible()
	await expect(page.getByText(one.unit.name)).toHaveCount(0)
})

test('接受邀请: signed in, with one unit already; refused is refused', async ({ visit }) => {
	const one = await operatorOf('hospital')
	const two = await operatorOf('pharmacy')
	const mean = await register('hospital', uscc())
	const stranger = new Client()
	await stranger.loginUnit(mean.unit.account, PASSWORD)
	for (const unit of [two.unitClient, stranger]) await unit.create('operators', { phone: one.operator.phone })
	const { page } = await visit('public')
	await become(page, one.client)
	await page.goto('/unit')
	await expect(page.getByText('您有 2 个待接受的经办人邀请')).toBeVisible()
	await link(page, '查看邀请').click()
	const rows = page.getByRole('listitem').filter({ hasText: '统一社会信用代码' })
	await expect(rows).toHaveCount(2)
	await expect(rows.filter({ hasText: mean.unit.name })).toContainText('未认证')
	await rows.filter({ hasText: mean.unit.name }).getByRole('button', { name: /^拒绝/ }).click()
	await expect(page.getByText(`已拒绝 ${mean.unit.name} 的邀请`)).toBeVisible()
	await rows.filter({ hasText: two.unit.name }).getByRole('button', { name: /^接受/ }).click()
	await expect(page.getByText(`您现在是 ${two.unit.name} 的经办人`)).toBeVisible()
	await expect(page.getByText('没有待接受的邀请')).toBeVisible()
	expect((await one.client.get('session/units')).items).toHaveLength(2)
})

test('接受邀请 by the code of the SMS: who has no account gives his papers; his unit is there when he signs in', async ({
	visit,
}) => {
	const who = await operatorOf('hospital')
	const number = somePhone()
	await who.unitClient.create('operators', { phone: number })
	const code = String(await until(() => secretTo(number)))
	const { page, complaints } = await visit('public')
	await page.goto('/login?as=operator')
	await link(page, '接受邀请').click()
	await fill(page, 'invitation_look', { phone: number, code: 'aaaaaaaaaaa2' })
	await solveCaptcha(page, 'invitation_look')
	await button(page, '查看邀请').click()
	await expect(page.getByRole('alert')).toContainText('手机号与邀请码不符')
	expect(complaints.splice(0)).toHaveLength(1) /* 422 */
	await fill(page, 'invitation_look', { code })
	await solveCaptcha(page, 'invitation_look')
	await button(page, '查看邀请').click()
	await expect(page.getByRole('heading', { name: who.unit.name })).toBeVisible()
	await button(page, '接受邀请').click()
	await expect(page.getByRole('alert').getByRole('link')).toHaveCount(7)
	const { phone: _, ...own } = operatorForm({ name: '郑自填' })
	await fill(page, 'invitation_accept', own)
	await button(page, '接受邀请').click()
	await expect(page.getByText('账号已建立')).toBeVisible()
	await link(page, '去登录').click()
	await signIn(page, 'login_operator', { phone: number, password: PASSWORD })
	await expect(page.getByText(who.unit.name).first()).toBeVisible()
})
