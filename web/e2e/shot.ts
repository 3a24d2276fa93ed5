/* A picture at 1280 and at 390 px for people to look at, when LOOK names a folder. */
import { type Page } from '@playwright/test'

export async function shot(page: Page, name: string): Promise<void> {
	const folder = process.env.LOOK
	if (!folder) return
	for (const width of [1280, 390]) {
		await page.setViewportSize({ width, height: 900 })
		await page.waitForTimeout(200)
		await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true })
	}
	await page.setViewportSize({ width: 1280, height: 900 })
}
