/* What is wrong with a page as it stands: axe, and what runs over the edge, in all modes; one line each. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import { type Page } from '@playwright/test'

interface Look {
	name: string
	width: number
	classes: string[]
}
const looks: Look[] = [
	{ name: '桌面', width: 1280, classes: [] },
	{ name: '手机', width: 390, classes: [] },
	{ name: '小手机大字', width: 320, classes: ['is-large'] },
	{ name: '高对比度', width: 1280, classes: ['is-contrast'] },
]

/* Half as much to send into each page as the readable source. */
const engine = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/* Faults of the page as it stands, one line each. */
export async function faults(page: Page, place: string): Promise<string[]> {
	const found: string[] = []
	await page.evaluate(engine)
	for (const look of looks) {
		await page.setViewportSize({ width: look.width, height: 900 })
		const lines = await page.evaluate(async (classes) => {
			document.documentElement.className = classes.join(' ')
			const checker = (window as unknown as { axe: typeof axe }).axe
			/* what lies in a frame is the browser's own viewer */
			const { violations } = await checker.run(document, { iframes: false, resultTypes: ['violations'] })
			const over = document.documentElement.scrollWidth - window.innerWidth
			return [
				...violations.map(
					(each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`,
				),
				...(over > 0 ? [`${over} px too wide`] : []),
			]
		}, look.classes)
		found.push(...lines.map((line) => `${place}, ${look.name}: ${line}`))
	}
	await page.setViewportSize({ width: 1280, height: 900 })
	return found
}
