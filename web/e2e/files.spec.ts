/* Files people really have: dragged, empty, with endless names, several at once, gone from the disk. */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type Page } from '@playwright/test'
import { VAR } from '../../tests/http/client.mjs'
import { openDraft } from './ready'
import { expect, field, SAMPLES, test } from './person'

const box = (page: Page, name: string) => page.locator('.j-field').filter({ has: field(page, 'application', name) })

async function drop(page: Page, selector: string, files: { name: string; text: string }[]): Promise<void> {
	const data = await page.evaluateHandle((list) => {
		const transfer = new DataTransfer()
		for (const { name, text } of list) transfer.items.add(new File([text], name, { type: 'application/pdf' }))
		return transfer
	}, files)
	for (const type of ['dragenter', 'dragover', 'drop'])
		await page.dispatchEvent(selector, type, { dataTransfer: data })
}

test('dragged, empty, endless names, several at once; the keyboard opens the chooser', async ({ visit }) => {
	const { page } = await visit('public')
	await openDraft(page)
	const letter = '.j-field:has([id="application-application_letter"]) .j-upload'
	const pdf = '%PDF-1.4 never sent'
	await drop(page, letter, [{ name: '申请函.pdf', text: '' }])
	await expect(box(page, 'application_letter').getByText('“申请函.pdf”是空文件，请重新选择')).toBeVisible()
	await drop(
		page,
		letter,
		['甲.pdf', '乙.pdf'].map((name) => ({ name, text: pdf })),
	)
	await expect(
		box(page, 'application_letter').getByText('一次只能上传一个文件，您拖入了 2 个，请只拖入“申请函”'),
	).toBeVisible()
	/* beside the box the page stays */
	await drop(page, 'h1', [{ name: '甲.pdf', text: pdf }])
	await expect(page).toHaveURL(/edit$/)
	const name = `${'很长的文件名'.repeat(32)}末尾四字.pdf` /* 200 characters */
	await box(page, 'application_letter')
		.locator('input')
		.setInputFiles({ name, mimeType: 'application/pdf', buffer: readFileSync(`${SAMPLES}/申请函.pdf`) })
	await expect(box(page, 'application_letter').getByText(name)).toBeVisible()
	await expect(box(page, 'application_letter').getByText('已上传 ·')).toBeVisible()
	for (const width of [320, 1280]) {
		await page.setViewportSize({ width, height: 900 })
		expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
			0,
		)
	}
	const chooser = page.waitForEvent('filechooser')
	await field(page, 'application', 'agreement').focus()
	await page.keyboard.press('Enter')
	await (await chooser).setFiles(`${SAMPLES}/定点机构协议.pdf`)
	await expect(box(page, 'agreement').getByText('已上传 ·')).toBeVisible()
	/* at once, not when somebody pauses */
	await expect(page.getByText(/草稿已于 \d\d:\d\d 自动保存/)).toBeVisible({ timeout: 2000 })
	await page.reload()
	await expect(page.getByText(name)).toBeVisible()
})

test('a file that is moved or changed on the disk while it is sent is said to be so, not the line', async ({
	visit,
}) => {
	const { page, complaints } = await visit('public')
	await openDraft(page)
	mkdirSync(`${VAR}/cache`, { recursive: true })
	const path = `${VAR}/cache/会被移走.pdf`
	writeFileSync(path, Buffer.alloc(12 << 20, '%PDF-1.7\n'))
	const line = await page.context().newCDPSession(page)
	await line.send('Network.emulateNetworkConditions', {
		offline: false,
		latency: 20,
		downloadThroughput: -1,
		uploadThroughput: 2 << 20,
	})
	await field(page, 'application', 'plan').setInputFiles(path)
	await expect(
		box(page, 'plan')
			.getByText(/正在上传 [1-9]\d?%/)
			.first(),
	).toBeVisible()
	rmSync(path)
	await expect(
		box(page, 'plan').getByText('“会被移走.pdf”读取不到，可能已被移动、改名、删除或正在被修改，请重新选择'),
	).toBeVisible({ timeout: 10_000 })
	await line.send('Network.emulateNetworkConditions', {
		offline: false,
		latency: 0,
		downloadThroughput: -1,
		uploadThroughput: -1,
	})
	copyFileSync(`${SAMPLES}/申请方案.pdf`, path)
	await field(page, 'application', 'plan').setInputFiles(path)
	await expect(box(page, 'plan').getByText('已上传 ·')).toBeVisible()
	complaints.splice(0)
})
