/* Rows 13–19: filling in, checking, submitting. */
import { type Page } from '@playwright/test'
import { become, operatorOf } from './ready'
import { button, choose, expect, field, fill, link, test, upload } from './person'

async function newForm(page: Page, kind: 'hospital' | 'pharmacy') {
	const who = await operatorOf(kind)
	await become(page, who.client)
	await page.goto('/applications/new/edit')
	await expect(page.getByRole('heading', { name: '申请单', exact: true })).toBeVisible()
	return who
}

test('ui 13–15: checked on submit only; summary with focus, links, same words; corrected fields fall silent', async ({
	visit,
}) => {
	const { page } = await visit('public')
	await newForm(page, 'pharmacy')
	await choose(page, 'application', 'business_type', 'mixed')
	await field(page, 'application', 'contact_name').focus()
	for (let i = 0; i < 8; i++) await page.keyboard.press('Tab')
	await expect(page.locator('.j-field__error')).toHaveCount(0)

	await fill(page, 'application', { contact_phone: '12345', remark: '留着' })
	await button(page, '提交').click()
	const summary = page.getByRole('alert').filter({ hasText: '需要修改' })
	await expect(summary).toBeFocused()
	await expect(page).toHaveTitle(/^错误：/)
	await expect(field(page, 'application', 'contact_phone')).toHaveValue('12345')
	await expect(field(page, 'application', 'remark')).toHaveValue('留着')
	const lines = summary.getByRole('link')
	expect(await lines.count()).toBe(4)
	for (const line of await lines.all()) {
		const words = (await line.textContent()) ?? ''
		const id = ((await line.getAttribute('href')) ?? '').slice(1)
		await line.click()
		const control = page.locator(`[id="${id}"]`)
		await expect(control).toBeFocused()
		await expect(control).toHaveAttribute('aria-invalid', 'true')
		await expect(page.locator(`[id="${id}-error"]`)).toHaveText(words)
		expect(await control.getAttribute('aria-describedby')).toContain(`${id}-error`)
	}

	/* Still wrong: the message stays. Right: it goes, at the field and in the summary. */
	await fill(page, 'application', { contact_phone: '123456' })
	await expect(page.locator('[id="application-contact_phone-error"]')).toBeVisible()
	await fill(page, 'application', { contact_phone: '13800138000' })
	await expect(page.locator('[id="application-contact_phone-error"]')).toHaveCount(0)
	await expect(lines).toHaveCount(3)
	await expect(field(page, 'application', 'contact_phone')).not.toHaveAttribute('aria-invalid', 'true')
})

test('ui 16: a field that is not asked has no message, no link and no key in the request', async ({ visit }) => {
	const { page } = await visit('public')
	const who = await newForm(page, 'hospital')
	await choose(page, 'application', 'business_type', 'auth')
	await button(page, '提交').click()
	const line = page.getByRole('alert').getByRole('link', { name: /拟定电子凭证接入渠道|接入渠道/ })
	await expect(line).toHaveCount(1)
	await choose(page, 'application', 'business_type', 'mixed')
	await expect(line).toHaveCount(0)
	await choose(page, 'application', 'business_type', 'auth')
	await fill(page, 'application', { channel: 'wechat' })
	await choose(page, 'application', 'business_type', 'mixed')
	await expect(field(page, 'application', 'channel')).toHaveCount(0)
	const sent = page.waitForRequest(
		(request) => ['PUT', 'POST'].includes(request.method()) && /applications(\/[0-9a-f]{32})?$/.test(request.url()),
	)
	await button(page, '保存').click()
	expect(Object.keys((await sent).postDataJSON())).not.toContain('channel')
	await expect(page.getByText('已保存，可以稍后继续填写')).toBeVisible()
	const { items } = await who.client.get('applications')
	const body = await who.client.get(`applications/${items[0].number}`)
	expect(body.answers.channel ?? null).toBeNull()
})

test('ui 17–20: check page with 修改, one 提交 however often pressed, confirmation that can be opened again', async ({
	visit,
}) => {
	const { page } = await visit('public')
	const who = await newForm(page, 'hospital')
	await choose(page, 'application', 'business_type', 'mixed')
	await fill(page, 'application', { contact_name: '孙联系', contact_phone: '020-81234567' })
	await upload(page, 'application', 'application_letter', '申请函.pdf')
	await upload(page, 'application', 'agreement', '定点机构协议.pdf')
	const here = page.locator('[aria-current="step"]')
	await expect(here).toHaveText('填写申请单')
	await button(page, '提交').click()
	await expect(page.getByRole('heading', { name: '请核对后提交' })).toBeVisible()
	await expect(here).toHaveText(/核对/)
	await expect(here).toHaveCount(1)
	await expect(page.locator('.j-dl__row').filter({ hasText: '邮箱' })).toContainText('未填写')

	await page.getByRole('link', { name: /^修改\s*定点医药机构联系人/ }).click()
	await expect(field(page, 'application', 'contact_name')).toBeFocused()
	await expect(field(page, 'application', 'contact_name')).toHaveValue('孙联系')
	await fill(page, 'application', { contact_name: '周联系' })
	await button(page, '提交').click()
	await expect(page.locator('.j-dl__row').filter({ hasText: '联系人' })).toContainText('周联系')

	await expect(page.getByText('提交后不能修改。')).toBeVisible()
	const submissions: string[] = []
	page.on('request', (request) => {
		if (request.url().endsWith('/submission')) submissions.push(request.url())
	})
	await page.getByLabel('我已核对以上信息，确认材料真实有效').check()
	/* on a line so slow that the second press comes long before the answer */
	const line = await page.context().newCDPSession(page)
	await line.send('Network.emulateNetworkConditions', {
		offline: false,
		latency: 800,
		downloadThroughput: 20_000,
		uploadThroughput: 10_000,
	})
	await button(page, '确认提交申请').dblclick()
	await expect(page.getByRole('heading', { name: '申请已提交' }).last()).toBeVisible()
	expect(submissions).toHaveLength(1)
	await line.send('Network.emulateNetworkConditions', {
		offline: false,
		latency: 0,
		downloadThroughput: -1,
		uploadThroughput: -1,
	})
	const { items } = await who.client.get('applications')
	expect(items).toHaveLength(1)

	await expect(page.getByText(items[0].number).first()).toBeVisible()
	await expect(page.getByText(/由.*医疗保障局.*审核/)).toBeVisible()
	await page.reload()
	await expect(page.getByText(items[0].number).first()).toBeVisible()
	await expect(here).toHaveText(/完成/)

	/* the receipt: only what belongs on paper */
	await page.emulateMedia({ media: 'print' })
	await expect(link(page, '查看详情')).toBeHidden()
	await expect(button(page, '打印回执')).toBeHidden()
	await expect(page.getByRole('navigation').first()).toBeHidden()
	await expect(page.getByText(items[0].number).first()).toBeVisible()
})
