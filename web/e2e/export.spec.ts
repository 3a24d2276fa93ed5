/* 导出 on the list page: what is shown is what is in the file. */
import { readFile } from 'node:fs/promises'
import { copies } from '../../tests/http/cases.mjs'
import { become, filed, operatorOf } from './ready'
import { button, expect, test } from './person'

test('导出 takes the filter that is shown, as .xlsx or CSV', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const number = await filed(who, 'mixed')
	await who.client.create('applications', { business_type: 'mixed' })
	const { page } = await visit('public')
	await become(page, who.client)
	await page.goto('/applications?state=apply_review')
	await expect(page.getByRole('row')).toHaveCount(2)
	const book = page.waitForEvent('download')
	await button(page, '导出').click()
	expect((await book).suggestedFilename()).toMatch(/^申请单列表-\d{8}\.xlsx$/)
	await expect(page.getByText('已导出，请查看浏览器的下载')).toBeVisible()
	const text = page.waitForEvent('download')
	await button(page, '导出 CSV').click()
	const lines = (await readFile(await (await text).path(), 'utf8')).trim().split('\r\n')
	expect(lines).toHaveLength(2)
	expect(lines[1]).toContain(number)
	expect(lines[1]).toContain('申请审核中')
})

test('导出 of more than 5,000 rows says so, and a message leads to the file', async ({ visit }) => {
	const who = await operatorOf('pharmacy')
	const number = (await who.client.create('applications', { business_type: 'mixed' })).number
	copies(
		number,
		Array.from({ length: 5000 }, (_, i) => `应用${i}`),
	)
	const { page } = await visit('public')
	await become(page, who.client)
	await page.goto('/applications')
	await button(page, '导出').click()
	await expect(page.getByText('共 5001 条，正在生成文件')).toBeVisible()
	await page.getByRole('status').getByRole('link', { name: '站内消息' }).click()
	await expect(page.getByRole('heading', { level: 1, name: '站内消息' })).toBeVisible() // or the reload stays on the list
	await expect(async () => {
		await page.reload()
		await expect(page.getByText('导出完成', { exact: true })).toBeVisible({ timeout: 1000 })
	}).toPass({ timeout: 20_000 })
	const file = page.waitForEvent('download')
	await page.getByRole('link', { name: /^下载文件/ }).click()
	expect((await file).suggestedFilename()).toMatch(/\.xlsx$/)
	await expect(page.getByRole('listitem').filter({ hasText: '导出完成' }).locator('.j-tag')).toContainText('已读')
})
