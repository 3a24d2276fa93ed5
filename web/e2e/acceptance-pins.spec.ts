/* 批注 on a 验收单: on a field, a second of the recording and a file; what the applicant then sees and may change. */
import { orderNo } from '../../tests/http/people.mjs'
import { button, choose, expect, field, fill, test, upload } from './person'
import { atDesk, pin, sendBack } from './pins'
import { accepting, become, filed, operatorOf, passed } from './ready'
import { shot } from './shot'

const RECORDING = '诊间结算'

test('批注 on the 验收单: a second of the recording, a field, a file; only these are asked again', async ({
	visit,
}) => {
	const who = await operatorOf('hospital')
	const number = await filed(who, 'auth')
	await passed(number)
	await accepting(who, number, 'auth')
	const officer = (await visit('review')).page
	await atDesk(officer, number)
	await expect(officer.getByText('未核验')).toBeVisible() /* no payment platform was asked */

	/* the dialogue offers the second the recording stands at */
	await officer.locator('button[data-file=video_clinic]').click()
	const video = officer.locator('video')
	await expect.poll(() => video.evaluate((v: HTMLVideoElement) => v.readyState)).toBeGreaterThan(0)
	await video.evaluate(
		(v: HTMLVideoElement) =>
			new Promise((done) => {
				v.onseeked = done
				v.currentTime = 2
			}),
	)
	await officer.getByRole('button', { name: new RegExp(`^批注\\s*：${RECORDING}$`) }).click()
	await expect(officer.locator('[id="pin-place"]')).toHaveValue('2')
	await expect(officer.getByText('即 0:02 处')).toBeVisible()
	await officer.locator('[id="pin-text"]').fill('此处没有显示医保支付的金额')
	await button(officer, '保存批注').click()
	await expect(officer.getByRole('dialog')).toHaveCount(0)
	await pin(officer, '移动支付订单号', '平台查不到该订单')
	await pin(officer, '测试报告', '缺少退款用例')
	await shot(officer, 'acceptance-pins-officer')

	/* from the 批注 back to the second */
	await video.evaluate((v: HTMLVideoElement) => {
		v.currentTime = 0
	})
	await officer.getByRole('button', { name: '查看此处' }).first().click()
	await expect
		.poll(() => officer.locator('video').evaluate((v: HTMLVideoElement) => v.currentTime))
		.toBeGreaterThanOrEqual(2)
	await choose(officer, 'decision', 'event', 'reject')
	await fill(officer, 'decision', { remark: '请按批注修改' })
	await sendBack(officer)

	const { page } = await visit('public')
	await become(page, who.client)
	await page.goto(`/applications/${number}`)
	await expect(page.getByText('此处没有显示医保支付的金额').first()).toBeVisible()
	await expect(page.getByText('0:02 处').first()).toBeVisible()
	await shot(page, 'acceptance-pins-detail')
	await page.goto(`/applications/${number}/acceptance`)
	await expect(page.getByText('有 3 条批注，标在需要修改的内容旁边')).toBeVisible()
	await expect(page.getByText('批注（0:02 处）：')).toBeVisible()
	await expect(field(page, 'acceptance', 'order_no')).toBeEditable()
	await expect(field(page, 'acceptance', 'auth_code')).toBeEditable() /* it belongs to the order */
	await shot(page, 'acceptance-pins-form')
	await expect(page.locator('input[id="acceptance-video_other"]')).toHaveCount(0)
	await shot(page, 'acceptance-pins-form')
	await fill(page, 'acceptance', { order_no: orderNo() })
	await upload(page, 'acceptance', 'video_clinic', '诊间结算.mp4')
	await upload(page, 'acceptance', 'test_report', '测试报告.zip')
	await button(page, '提交审核').click()
	await button(page, '确认提交审核').click()
	await expect(page.getByText('验收审核中').first()).toBeVisible()

	await officer.goto('/')
	await officer.goto(`/applications/${number}`)
	await expect(officer.getByText('上轮批注（0:02 处）：')).toBeVisible()
	await expect(officer.getByText(/修改了 \d 项：/)).toBeVisible()
	await shot(officer, 'acceptance-pins-next-round')
	await choose(officer, 'decision', 'event', 'pass')
	await button(officer, '提交审核结论').click()
	await button(officer, '确认审核通过').click()
	await expect(officer.getByRole('heading', { name: '已审核通过' })).toBeVisible()
})
