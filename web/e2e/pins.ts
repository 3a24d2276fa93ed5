/* 批注 as an officer makes them on the review page. */
import { type Page } from '@playwright/test'
import { button, expect } from './person'
import { become, officerOf } from './ready'

export async function atDesk(page: Page, number: string): Promise<void> {
	await become(page, await officerOf('local'))
	await page.goto(`/applications/${number}`)
	await expect(page.getByRole('heading', { name: '材料预览' })).toBeVisible()
}

/* On what is labelled so; place: the page or the second. */
export async function pin(page: Page, label: string, text: string, place = ''): Promise<void> {
	await page.getByRole('button', { name: new RegExp(`^批注\\s*：${label}$`) }).click()
	const box = page.getByRole('dialog')
	if (place) await box.locator('[id="pin-place"]').fill(place)
	await box.locator('[id="pin-text"]').fill(text)
	await button(page, '保存批注').click()
	await expect(page.getByRole('dialog')).toHaveCount(0)
	await expect(page.getByText(text).first()).toBeVisible()
}

/* 驳回 with what was written and pinned. */
export async function sendBack(page: Page): Promise<void> {
	await button(page, '提交审核结论').click()
	await expect(page.getByRole('dialog')).toContainText('申请人只能修改这些内容')
	await button(page, '确认审核驳回').click()
	await expect(page.getByRole('heading', { name: '已审核驳回' })).toBeVisible()
}
