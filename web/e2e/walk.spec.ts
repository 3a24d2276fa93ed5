/* The whole guide, as a user would: both kinds of institution, both business types. */
import { decide, passAll, seatOfficers } from './officers'
import { button, downloadSheet, expect, fill, link, test } from './person'
import {
	certifyAndGrant,
	fillAcceptance,
	fillApplication,
	newCase,
	operatorSignIn,
	register,
	reportKey,
	submitApplication,
} from './steps'

const isPdf = (body: Buffer) => body.subarray(0, 5).toString() === '%PDF-'

test('医院、线上授权: rejected, mended, accepted, formal sheets', async ({ visit }) => {
	const it = newCase('hospital', 'auth')
	const { page } = await visit('public')
	const officers = await seatOfficers(visit)
	await register(page, it)
	await certifyAndGrant(page, it)
	await operatorSignIn(page, it)
	await fillApplication(page, it)
	await submitApplication(page)

	await decide(officers, 'local', it.institution.name, 'reject', '申请函没有加盖公章，请补盖后重新上传')
	await page.reload()
	await expect(page.getByText('申请审核驳回').first()).toBeVisible()
	await expect(page.getByText('申请函没有加盖公章，请补盖后重新上传').first()).toBeVisible()
	await link(page, '修改并重新提交').click()
	await expect(page.getByText('已上传 ·')).toHaveCount(3)
	await fill(page, 'application', { remark: '已补盖公章' })
	await button(page, '提交').click()
	await submitApplication(page)
	await expect(page.getByRole('heading', { name: '提交申请' })).toHaveCount(2)

	await passAll(officers, it.institution.name)
	expect(isPdf(await downloadSheet(page, '下载线上身份核验反馈单'))).toBe(true)
	expect(isPdf(await downloadSheet(page, '下载移动支付渠道反馈单'))).toBe(true)
	await expect(page.getByText('温馨提示: 下载测试环境线上身份核验反馈单和移动支付渠道反馈单')).toBeVisible()
	await fillAcceptance(page, it)
	await passAll(officers, it.institution.name)
	await page.reload()
	await expect(page.getByText('验收审核通过').first()).toBeVisible()
	await reportKey(page)
	expect(isPdf(await downloadSheet(page, '下载移动支付渠道反馈单（正式环境）'))).toBe(true)
	expect(isPdf(await downloadSheet(page, '下载线上身份核验反馈单（正式环境）'))).toBe(true)
	await page.goto('/messages')
	await expect(page.getByText('验收审核通过').first()).toBeVisible()
})

test('药店、混合支付: one sheet each time, then 弃用 of what was accepted', async ({ visit }) => {
	const it = newCase('pharmacy', 'mixed')
	const { page } = await visit('public')
	const officers = await seatOfficers(visit)
	await register(page, it)
	await certifyAndGrant(page, it)
	await operatorSignIn(page, it)
	await fillApplication(page, it)
	const number = await submitApplication(page)
	await passAll(officers, it.institution.name)
	expect(isPdf(await downloadSheet(page, '下载移动支付渠道反馈单'))).toBe(true)
	await expect(page.getByRole('button', { name: /^下载线上身份核验反馈单/ })).toHaveCount(0)
	await fillAcceptance(page, it)
	await passAll(officers, it.institution.name)
	await page.reload()
	await reportKey(page)
	expect(isPdf(await downloadSheet(page, '下载移动支付渠道反馈单（正式环境）'))).toBe(true)

	await button(page, '弃用').click()
	await fill(page, 'discard', { reason: '门店不再开展线上业务' })
	await button(page, '下一步').click()
	await button(page, '确认弃用').click()
	await expect(page.getByText('已弃用').first()).toBeVisible()
	await page.goto('/applications')
	await expect(page.getByRole('row').filter({ hasText: number.slice(0, 8) })).toContainText('已弃用')
})

test('药店、线上授权 and 医院、混合支付 are asked what the guide asks; 弃用单据 while under review', async ({
	visit,
}) => {
	const { page } = await visit('public')
	for (const it of [newCase('pharmacy', 'auth'), newCase('hospital', 'mixed')]) {
		await register(page, it)
		await certifyAndGrant(page, it)
		await operatorSignIn(page, it)
		await fillApplication(page, it)
		await expect(page.getByRole('term').filter({ hasText: /^申请接入线上购药服务渠道$/ })).toHaveCount(
			it.business === 'auth' ? 1 : 0,
		)
		await expect(page.getByRole('term').filter({ hasText: '拟定电子凭证接入渠道' })).toHaveCount(
			it.business === 'auth' ? 1 : 0,
		)
		await submitApplication(page)
		await button(page, '弃用单据').click()
		await fill(page, 'discard', { reason: '填写有误' })
		await button(page, '下一步').click()
		await button(page, '确认弃用').click()
		await expect(page.getByText('申请单已弃用')).toBeVisible()
		await page.locator('.j-account__button').click()
		await button(page, '退出').click()
		await expect(page).toHaveURL(/login/)
	}
})
