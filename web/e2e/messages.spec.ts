/* 站内消息: unread in the menu, read one or all, notices by SMS off and on. */
import { become, filed, operatorOf } from './ready'
import { button, expect, test } from './person'

test('站内消息 are counted, read, and SMS switched off for good', async ({ visit }) => {
	const who = await operatorOf('hospital')
	await filed(who, 'mixed')
	const { page } = await visit('public')
	await become(page, who.client)
	await page.goto('/unit')
	const news = page.getByRole('link', { name: /^消息.*，\d+ 条未读$/ })
	await expect(news).toBeVisible()
	await news.click()
	await expect(page.getByText('申请已提交').first()).toBeVisible()
	await page.locator('.j-account__button').click()
	await expect(page.getByRole('link', { name: /站内消息（\d+ 条未读）/ })).toBeVisible()
	await page.keyboard.press('Escape')
	await button(page, '全部标为已读').click()
	await expect(button(page, '全部标为已读')).toHaveCount(0)
	await expect(page.getByRole('link', { name: '消息', exact: true })).toBeVisible()
	const box = page.getByRole('checkbox', { name: '办理进展同时发送短信' })
	await expect(box).toBeChecked()
	await box.uncheck()
	await expect(page.getByText('账号安全短信照常发送')).toBeVisible()
	await expect(async () => expect((await who.client.get('messages')).sms).toBe(false)).toPass({ timeout: 5000 })
	await page.reload()
	await expect(box).not.toBeChecked()
})
