/* Colours, motion, sizes and spacing people set for themselves; no scripts; paper. */
import { execFileSync } from 'node:child_process'
import { type Page } from '@playwright/test'
import { become, filed, officerOf, operatorOf, rejected } from './ready'
import { expect, field, REVIEW, settled, test } from './person'

/* WCAG 1.4.12, as a user's own style sheet says it; the policy of the pages keeps elements out. */
const SPACING =
	'* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } ' +
	'p { margin-bottom: 2em !important }'

async function spaced(page: Page, on: boolean): Promise<void> {
	await page.evaluate(
		(css) => {
			const sheet = new CSSStyleSheet()
			sheet.replaceSync(css)
			document.adoptedStyleSheets = [sheet]
		},
		on ? SPACING : '',
	)
}

/* What runs over the edge of the window, or is cut off by its own box. */
const lost = (page: Page) =>
	page.evaluate(() => {
		/* named in full elsewhere, or made to be moved sideways */
		const meant =
			'.j-unseen, .j-nav__list, .j-watermark, .j-scroll, .j-table__cut, ' +
			'.j-account__name, .j-code__text, svg, select'
		const cut = [...document.querySelectorAll<HTMLElement>('body *')].filter((node) => {
			if (node.closest(meant) || !node.clientWidth) return false
			return /hidden|clip/.test(getComputedStyle(node).overflowX) && node.scrollWidth > node.clientWidth + 1
		})
		return [
			document.documentElement.scrollWidth > innerWidth ? 'too wide' : '',
			...cut.map((node) => node.className),
		].filter(Boolean)
	})

async function look(page: Page, places: string[]): Promise<string[]> {
	const found: string[] = []
	for (const place of places) {
		await page.goto(place)
		await settled(page)
		/* 1280 px at 200 % and 400 % */
		for (const [width, space] of [
			[640, false],
			[320, false],
			[320, true],
			[1280, true],
		] as const) {
			await page.setViewportSize({ width, height: 512 })
			await spaced(page, space)
			found.push(...(await lost(page)).map((what) => `${place} ${width}${space ? ' spaced' : ''}: ${what}`))
		}
	}
	await page.setViewportSize({ width: 1280, height: 900 })
	return found
}

test('200 % and 400 %, wider spacing: nothing is lost or runs over the edge', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const number = await filed(who, 'auth')
	const { page } = await visit('public')
	await become(page, who.client)
	const more = process.env.LONG ? ['/register', `/applications/${number}`] : []
	const applicant = await look(page, ['/applications', '/applications/new/edit', ...more])
	const { page: desk } = await visit('review')
	await become(desk, await officerOf('local'))
	expect([
		...applicant,
		...(await look(desk, [`/applications/${number}`, ...(process.env.LONG ? ['/', '/calendar'] : [])])),
	]).toEqual([])
})

test('forced colours: where one is and what is chosen is said by lines; still for who wants no motion', async ({
	visit,
}) => {
	const who = await operatorOf('hospital')
	const { page } = await visit('public')
	await become(page, who.unitClient)
	await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
	const edge = (selector: string) =>
		page
			.locator(selector)
			.first()
			.evaluate((node) => getComputedStyle(node).borderBottomColor)
	await page.goto('/unit')
	await settled(page)
	expect(await edge('.j-nav__link[aria-current]')).not.toBe(await edge('.j-nav__link:not([aria-current])'))
	expect(
		await page
			.locator('.j-tag')
			.first()
			.evaluate((node) => getComputedStyle(node).borderTopStyle),
	).toBe('solid')
	await page.goto('/login')
	expect(await edge('.j-tabs__tab[aria-selected=true]')).not.toBe(await edge('.j-tabs__tab[aria-selected=false]'))
	await page.goto('/register')
	await expect(field(page, 'register_unit', 'account')).toBeVisible()
	const moving = await page.evaluate(
		() =>
			[...document.querySelectorAll('*')].filter((node) => {
				const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(node)
				return (
					transitionDuration.split(', ').some((each) => each !== '0s') ||
					animationName !== 'none' ||
					scrollBehavior === 'smooth'
				)
			}).length,
	)
	expect(moving).toBe(0)
})

test('without JavaScript both sites say in Chinese what to do', async ({ browser, baseURL }) => {
	const context = await browser.newContext({
		javaScriptEnabled: false,
		locale: 'zh-CN',
		viewport: { width: 320, height: 800 },
	})
	const page = await context.newPage()
	for (const site of [baseURL ?? '', REVIEW]) {
		await page.goto(`${site}/login`)
		await expect(page.getByRole('heading', { name: '请启用 JavaScript' })).toBeVisible()
		await expect(page.locator('.j-noscript')).toContainText(
			'在“隐私和安全”（或“网站设置”）中找到 JavaScript，设为“允许”',
		)
		await expect(page.locator('#app')).toBeHidden()
		expect((await page.locator('main').boundingBox())?.width).toBeLessThanOrEqual(320)
	}
	await context.close()
})

test('ui 37: on paper every round, the whole number, the names of files, and nothing to press', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const number = await filed(who, 'mixed')
	for (let round = 1; round <= 3; round++) {
		await rejected(number, `第 ${round} 次退回`)
		const { version } = await who.client.get(`applications/${number}`)
		await who.client.post(`applications/${number}/submission`, { version })
	}
	const { page } = await visit('public')
	await become(page, who.client)
	const paper = async (on: Page, place: string) => {
		await on.goto(place)
		await settled(on)
		await expect(on.getByText('正在加载……')).toHaveCount(0)
		return execFileSync('pdftotext', ['-', '-'], {
			input: await on.pdf({ preferCSSPageSize: true }),
			encoding: 'utf8',
		})
	}
	const receipt = await paper(page, `/applications/${number}/done`)
	expect(receipt).toContain(number)
	expect(receipt).toContain('广州市医疗保障局')
	expect(receipt).not.toMatch(/打印回执|返回列表|操作指南|退出/)
	const detail = await paper(page, `/applications/${number}`)
	for (let round = 1; round <= 3; round++) expect(detail).toContain(`第 ${round} 次退回`)
	expect(detail).toContain(number)
	expect(detail).toContain('申请函.pdf')
	expect(detail).not.toMatch(/展开|复制|弃用单据/)
	const { page: desk } = await visit('review')
	await become(desk, await officerOf('local'))
	const material = await paper(desk, `/applications/${number}`)
	expect(material).toContain('定点机构协议.pdf')
	expect(material).not.toMatch(/提交审核结论|材料预览/)
	/* a table stays one on a sheet that is narrower than a screen */
	await page.goto('/applications')
	await page.emulateMedia({ media: 'print' })
	await page.setViewportSize({ width: 690, height: 900 })
	expect(await page.locator('thead').evaluate((node) => getComputedStyle(node).position)).toBe('static')
})
