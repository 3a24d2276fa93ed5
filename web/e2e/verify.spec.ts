/* 反馈单核验 as somebody does who was handed a sheet: by its code, by the file, and without us. */
import { sql } from '../../tests/http/client.mjs'
import { ready, sheet } from '../../tests/http/cases.mjs'
import { sealOf } from '../../tests/http/seal.mjs'
import type { Page } from '@playwright/test'
import { filed, operatorOf, passed } from './ready'
import { button, expect, test } from './person'

const SHOTS = process.env.VERIFY_SHOTS

async function shot(page: Page, name: string): Promise<void> {
	for (const width of [1280, 390]) {
		await page.setViewportSize({ width, height: 900 })
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
		if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}-${width}.png`, fullPage: true })
	}
}

/* A file made by a script of the page, as a drop or a paste makes it. */
async function choose(page: Page, bytes: Buffer, name: string): Promise<void> {
	await page.locator('#verify-file').evaluate(
		(input, [text, called]) => {
			const transfer = new DataTransfer()
			transfer.items.add(new File([Uint8Array.from(atob(text!), (c) => c.charCodeAt(0))], called!))
			;(input as HTMLInputElement).files = transfer.files
			input.dispatchEvent(new Event('change', { bubbles: true }))
		},
		[bytes.toString('base64'), name],
	)
}

test('by the code, by the file, changed, too large, and given up; how to do it oneself', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const number = await filed(who, 'mixed')
	await passed(number)
	const { url } = sheet(await ready(who, number, 'test'), 'test', 'payment')
	const pdf = Buffer.from(await (await who.client.send('GET', url)).arrayBuffer())
	const { number: sheetNumber } = sealOf(pdf)
	const { page } = await visit('public')
	const result = page.getByRole('status').filter({ hasText: '核验结果' })
	await page.goto(`/verify?number=${sheetNumber}`)
	await expect(result).toContainText('有效')
	await expect(result).toContainText('医保移动支付第三方渠道接入反馈单(测试环境)')
	await shot(page, 'verify-valid')

	const changed = Buffer.from(pdf)
	changed[pdf.length >> 1]! ^= 1
	for (const [bytes, said] of [
		[pdf, '有效'],
		[changed, '文件已被改动，或不是本平台出具'],
		[pdf, '有效'],
		[Buffer.from('text'), '不是本平台出具'],
		[Buffer.alloc(0), '不是本平台出具'],
	] as const) {
		await choose(page, bytes, '反馈单.pdf')
		await expect(result).toContainText(said)
	}
	await choose(page, Buffer.alloc(30 << 18), '大文件.pdf')
	await expect(page.getByRole('alert')).toContainText('文件过大')
	await page.getByLabel('反馈单编号').fill('0'.repeat(32))
	await button(page, '核验编号').click()
	await expect(result).toContainText('查无此单')
	await shot(page, 'verify-unknown')

	await page.getByText('自行核验').click()
	await expect(page.getByText(/^B[A-Za-z0-9+/]{86}=$/)).toBeVisible()
	await expect(page.getByLabel('verify.sh')).toContainText('distid:1234567812345678')
	await shot(page, 'verify-oneself')

	sql(
		`UPDATE credential c JOIN application a ON a.id = c.application_id SET c.valid_until = UNIX_TIMESTAMP() - 1
		 WHERE a.number = '${number}'`,
	)
	await choose(page, pdf, '反馈单.pdf')
	await expect(result).toContainText('已作废')
	await shot(page, 'verify-ended')
})
