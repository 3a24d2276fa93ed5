/* The steps of the guide, each as the people who take it would. */
import { type Page } from '@playwright/test'
import { licence } from '../../tests/http/licence.mjs'
import { asListed, idCard, institutions, operatorForm, orderNo, unitForm } from '../../tests/http/people.mjs'
import { askSms, button, choose, expect, fill, link, pickRegion, signIn, solveCaptcha, test, upload } from './person'

export type Kind = 'hospital' | 'pharmacy'
export type Business = 'auth' | 'mixed'

export interface Case {
	kind: Kind
	business: Business
	unit: ReturnType<typeof unitForm>
	operator: Omit<ReturnType<typeof operatorForm>, 'id_forever'>
	institution: { code: string; name: string; region: string }
}

export function newCase(kind: Kind, business: Business): Case {
	const institution = institutions(kind)[0]!
	const { id_forever: _, ...operator } = operatorForm()
	return { kind, business, institution, operator, unit: unitForm(kind, institution.uscc, asListed(institution)) }
}

export async function register(page: Page, it: Case): Promise<void> {
	await test.step('单位注册', async () => {
		await page.goto('/login')
		await link(page, '立即注册').click()
		const { region: _, ...unit } = it.unit
		await fill(page, 'register_unit', unit)
		await pickRegion(page, 'register_unit', ['440000', '440100', '440103'])
		await solveCaptcha(page, 'register_unit')
		await button(page, '下一步').click()
		await expect(page).toHaveURL(/register\/operator/)
		await fill(page, 'register_operator', { ...it.operator, id_forever: true })
		await askSms(page, 'register_operator', it.operator.phone)
		await button(page, '下一步').click()
		await expect(page.getByText('恭喜您, 注册成功!')).toBeVisible()
		await expect(page.getByText(/前往登录 \(\d\)/)).toBeVisible()
		await expect(page).toHaveURL(/login/)
	})
}

export async function certifyAndGrant(page: Page, it: Case): Promise<void> {
	await test.step('资质认证、授权', async () => {
		await signIn(page, 'login_unit', { account: it.unit.uscc, password: it.unit.password })
		await link(page, '去认证').click()
		await upload(page, 'certification', 'business_licence', licence(it.unit))
		await button(page, '认证').click()
		await expect(page.getByText('已认证')).toBeVisible()
		await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '单位经办人' }).click()
		await page.getByRole('button', { name: /^权限/ }).click()
		await page.getByLabel('定点医药机构移动支付申请').check()
		await button(page, '确定').click()
		await expect(page.getByRole('cell', { name: '定点医药机构移动支付申请' })).toBeVisible()
		await leave(page, '退出登录')
	})
}

export async function leave(page: Page, name: string): Promise<void> {
	await page.locator('.j-account__button').click()
	await button(page, name).click()
	await expect(page).toHaveURL(/login/)
}

export async function operatorSignIn(page: Page, it: Case): Promise<void> {
	await test.step('经办人登录', async () => {
		await page.goto('/login')
		await page.getByRole('tab', { name: '经办人登录' }).click()
		await signIn(page, 'login_operator', { phone: it.operator.phone, password: it.operator.password })
		await link(page, '进入').click()
		await expect(page.getByText('还没有申请单')).toBeVisible()
		await expect(page.getByText(it.institution.code)).toBeVisible()
	})
}

/* Fills the form but for the files already there; ends on the check page. */
export async function fillApplication(page: Page, it: Case): Promise<void> {
	await test.step('填写申请单', async () => {
		await link(page, '新建申请单').first().click()
		await choose(page, 'application', 'business_type', it.business)
		if (it.business === 'auth') {
			await fill(page, 'application', { channel: 'wechat' })
			await choose(page, 'application', 'app_source', 'own_new')
			await fill(page, 'application', { app_name: `小程序${it.institution.code}`, app_type: 'miniprogram' })
			await upload(page, 'application', 'app_screenshot', '应用首页截图.png')
		}
		if (it.business === 'auth' && it.kind === 'pharmacy') {
			await choose(page, 'application', 'purchase_channels', 'meituan')
			await choose(page, 'application', 'purchase_channels', 'other')
			await fill(page, 'application', { purchase_other: '本店商城' })
		}
		await fill(page, 'application', { contact_name: '孙联系', contact_phone: '020-81234567' })
		await upload(page, 'application', 'application_letter', '申请函.pdf')
		await upload(page, 'application', 'agreement', '定点机构协议.pdf')
		await button(page, '提交').click()
		await expect(page.getByRole('heading', { name: '请核对后提交' })).toBeVisible()
	})
}

/* From the check page; the number of the application. */
export async function submitApplication(page: Page): Promise<string> {
	return test.step('核对、提交', async () => {
		await page.getByLabel('我已核对以上信息，确认材料真实有效').check()
		await button(page, '确认提交申请').click()
		await expect(page.getByRole('heading', { name: '申请已提交' }).last()).toBeVisible()
		const number = /applications\/([0-9a-f]{32})/.exec(page.url())?.[1] ?? ''
		await expect(page.getByText(number).first()).toBeVisible()
		await link(page, '查看详情').click()
		await expect(page.getByText('申请审核中').first()).toBeVisible()
		return number
	})
}

export async function fillAcceptance(page: Page, it: Case): Promise<void> {
	await test.step('提交验收', async () => {
		await link(page, '提交验收').click()
		await fill(page, 'acceptance', { order_no: orderNo() })
		if (it.business === 'auth') {
			await choose(page, 'acceptance', 'proof', 'person')
			await fill(page, 'acceptance', { tester_name: '周测试', tester_id_type: 'id_card', tester_id_no: idCard() })
		}
		const video = it.kind === 'hospital' ? ['video_clinic', '诊间结算.mp4'] : ['video_purchase', '线上购药.mp4']
		await upload(page, 'acceptance', video[0]!, video[1]!)
		await upload(page, 'acceptance', 'test_report', '测试报告.zip')
		await button(page, '保存').click()
		await expect(page.getByText('验收单已保存')).toBeVisible()
		await button(page, '提交审核').click()
		await button(page, '确认提交审核').click()
		await expect(page.getByRole('heading', { name: '验收已提交' }).last()).toBeVisible()
		await link(page, '查看详情').click()
		await expect(page.getByText('验收审核中').first()).toBeVisible()
	})
}

export async function reportKey(page: Page): Promise<void> {
	await test.step('上报渠道公钥', async () => {
		await link(page, '上报渠道公钥').click()
		await page.getByLabel(/在浏览器中生成密钥对/).check()
		await button(page, '生成密钥对').click()
		const file = page.waitForEvent('download')
		await button(page, '下载渠道私钥').click()
		expect((await file).suggestedFilename()).toContain('渠道密钥')
		await button(page, '上报渠道公钥').click()
		await expect(page.getByText('渠道公钥已上报')).toBeVisible()
		await link(page, '返回申请单详情').click()
	})
}
