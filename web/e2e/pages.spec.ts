/* Rows 21, 22, 32, 34–38, 41, 43 and 44: lists, keyboard, modes, paper, dialogs, titles, old browsers. */
import { applicationForm } from '../../tests/http/cases.mjs'
import { accepting, become, filed, operatorOf, passed, rejected, shared } from './ready'
import { anotherDraft, button, choose, expect, field, fill, link, settled, test } from './person'

const widthOver = () => document.documentElement.scrollWidth - window.innerWidth

test('ui 21, 22, 36: an empty list says what to prepare; each status has its one next step; cards on a phone', async ({
	visit,
}) => {
	const who = await operatorOf('hospital')
	const { page } = await visit('public')
	await become(page, who.client)
	await page.goto('/applications')
	const empty = page.locator('.j-empty')
	await expect(empty).toContainText('还没有申请单')
	await expect(empty).toContainText('申请函')
	await expect(empty.getByRole('link')).toHaveCount(1)

	const next = async (status: string, step: string | null) => {
		await page.reload()
		const row = page.getByRole('row').filter({ hasText: status })
		await expect(row).toHaveCount(1)
		const names = (await row.getByRole('link').allTextContents()).map((text) => text.replace(/[0-9a-f]{8}$/, ''))
		expect(names, status).toEqual([...(step ? [step] : []), '详情'])
	}
	const number = await filed(who, 'mixed')
	await next('申请审核中', null)
	await rejected(number, '请补盖公章')
	await next('申请审核驳回', '修改重提')
	const { version } = await who.client.get(`applications/${number}`)
	await who.client.post(`applications/${number}/submission`, { version })
	await passed(number)
	await next('申请审核通过', '提交验收')
	const { version: passedVersion } = await who.client.get(`applications/${number}`)
	await who.client.put(`applications/${number}/acceptance`, {
		version: passedVersion,
		order_no: 'ORD358900202207111433280000125',
	})
	await next('申请审核通过', '继续填写验收单')
	await accepting(who, number, 'mixed')
	await next('验收审核中', null)
	await rejected(number, '录屏不完整')
	await next('验收审核驳回', '修改重提')
	const { version: sentBack } = await who.client.get(`applications/${number}`)
	await who.client.post(`applications/${number}/acceptance/submission`, { version: sentBack })
	await passed(number)
	await next('验收审核通过', null)
	const { version: last } = await who.client.get(`applications/${number}`)
	await who.client.post(`applications/${number}/discard`, { version: last, reason: '停止线上业务' })
	await next('已弃用', null)
	await who.client.create('applications', await applicationForm(who, 'hospital', 'auth'))
	await next('待提交', '继续填写')

	for (const width of [320, 390]) {
		await page.setViewportSize({ width, height: 800 })
		expect(await page.evaluate(widthOver)).toBeLessThanOrEqual(0)
	}
	const labels = await page
		.locator('tbody tr')
		.first()
		.locator('td')
		.evaluateAll((cells) => cells.map((cell) => getComputedStyle(cell, '::before').content.replace(/"/g, '')))
	const names = await page
		.locator('tbody tr')
		.first()
		.locator('td')
		.evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).dataset.label))
	for (const [at, name] of names.entries()) expect(labels[at]).toMatch(new RegExp(`${name}|attr`))
})

test('ui 32: every control by Tab alone, none hidden under the bar at the bottom', async ({ visit }) => {
	const who = await shared('hospital')
	const { page } = await visit('public')
	await become(page, who.client)
	await anotherDraft(page)
	await page.goto('/applications/new/edit')
	await settled(page)
	await choose(page, 'application', 'business_type', 'mixed')
	await page.setViewportSize({ width: 1280, height: 600 })
	await link(page, '跳到主要内容').focus()
	const wanted = await page.evaluate(() => {
		const all =
			'a[href], button:not([disabled]), input:not([type=radio]):not([disabled]), select, textarea, summary'
		return [...document.querySelectorAll<HTMLElement>(all)].filter(
			(node) => node.getClientRects().length > 0 && node.tabIndex >= 0,
		).length
	})
	const reached = new Set<string>()
	for (let i = 0; i < wanted + 4; i++) {
		const hidden = await page.evaluate(() => {
			const node = document.activeElement as HTMLElement
			const bar = document.querySelector('.j-bar--sticky')
			if (!bar || bar.contains(node)) return ''
			const shown = node.matches('.j-upload__input') ? (node.parentElement ?? node) : node
			const box = shown.getBoundingClientRect()
			const edge = bar.getBoundingClientRect()
			const covered = box.top >= edge.top && box.bottom <= edge.bottom
			return covered || box.bottom < 0 || box.top > window.innerHeight ? node.outerHTML.slice(0, 120) : ''
		})
		expect(hidden).toBe('')
		reached.add(
			await page.evaluate(() => {
				const node = document.activeElement as HTMLElement
				node.dataset.seen ??= String(Math.random())
				return node.dataset.seen
			}),
		)
		await page.keyboard.press('Tab')
	}
	expect(reached.size).toBeGreaterThanOrEqual(wanted)
})

test('ui 34, 35, 43: 大字版 and 高对比度 are remembered; a dark system changes nothing', async ({ visit }) => {
	const { page } = await visit('public')
	await page.goto('/register')
	await button(page, '大字版').click()
	await button(page, '高对比度').click()
	await page.reload()
	await expect(button(page, '大字版')).toHaveAttribute('aria-pressed', 'true')
	await expect(page.locator('.j-card').first()).toBeVisible()
	const look = await page.evaluate(() => ({
		size: parseFloat(getComputedStyle(document.body).fontSize),
		border: getComputedStyle(document.querySelector('.j-card')!).borderTopColor,
	}))
	expect(look.size).toBeGreaterThanOrEqual(20)
	expect(look.border).toBe('rgb(0, 0, 0)')
	await page.setViewportSize({ width: 320, height: 800 })
	expect(await page.evaluate(widthOver)).toBeLessThanOrEqual(0)
	await button(page, '大字版').click()
	await button(page, '高对比度').click()
	await page.emulateMedia({ colorScheme: 'dark' })
	const colours = await page.evaluate(() => {
		const { color, backgroundColor } = getComputedStyle(document.body)
		return { color, backgroundColor }
	})
	expect(colours).toEqual({ color: 'rgb(27, 36, 48)', backgroundColor: 'rgb(242, 245, 249)' })
})

test('ui 37: on paper there is no navigation and no button, on A4, with borders', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const number = await filed(who, 'mixed')
	const { page } = await visit('public')
	await become(page, who.client)
	await page.goto(`/applications/${number}`)
	await page.evaluate(() => (window.print = () => document.body.setAttribute('data-printed', '')))
	await button(page, '打印回执').click()
	await expect(page.locator('body[data-printed]')).toHaveCount(1)
	await page.emulateMedia({ media: 'print' })
	for (const place of [`/applications/${number}`, '/applications']) {
		await page.goto(`${place}`)
		await settled(page)
		expect(await page.locator('button:visible, nav:visible').count(), place).toBe(0)
		if (place.includes(number)) await expect(page.getByText(number).first()).toBeVisible()
	}
	const border = await page
		.locator('td')
		.first()
		.evaluate((cell) => getComputedStyle(cell).borderTopColor)
	expect(border).toBe('rgb(0, 0, 0)')
	const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
	const [, width, height] = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/.exec(pdf) ?? []
	expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842])
})

test('ui 38: 弃用 asks for a reason and once more; the dialog keeps the focus, Esc leaves it', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const number = await filed(who, 'mixed')
	const { page } = await visit('public')
	await become(page, who.client)
	await page.goto(`/applications/${number}`)
	await button(page, '弃用单据').click()
	const dialog = page.getByRole('dialog', { name: '弃用单据' })
	for (let i = 0; i < 8; i++) {
		await page.keyboard.press('Tab')
		expect(
			await dialog.evaluate(
				(node) => node.contains(document.activeElement) || document.activeElement === document.body,
			),
		).toBe(true)
	}
	await page.keyboard.press('Escape')
	await expect(dialog).toHaveCount(0)
	await expect(button(page, '弃用单据')).toBeFocused()
	await button(page, '弃用单据').click()
	await button(page, '下一步').click()
	await expect(field(page, 'discard', 'reason')).toHaveAttribute('aria-invalid', 'true')
	await fill(page, 'discard', { reason: '填写有误' })
	await button(page, '下一步').click()
	await expect(dialog.getByText('再次确认')).toBeVisible()
	await button(page, '确认弃用').click()
	await expect(page.getByText('申请单已弃用')).toBeVisible()
})

test('ui 41: each change of page has its title and gives the heading the focus', async ({ visit }) => {
	const { page } = await visit('public')
	await page.goto('/')
	const heading = page.locator('h1')
	await expect(heading).toBeAttached()
	const titles = new Set([await page.title()])
	for (const name of ['立即注册', '操作指南', '关于本网', '网站声明', '无障碍说明', '联系我们', '首页']) {
		await page.getByRole('link', { name, exact: true }).first().click()
		/* 操作指南 opens at the part about the page one comes from */
		await expect(name === '操作指南' ? page.getByRole('heading', { name: '1. 单位注册' }) : heading).toBeFocused()
		titles.add(await page.title())
	}
	await link(page, '单位登录').first().click()
	await expect(heading).toBeFocused()
	titles.add(await page.title())
	expect(titles.size).toBe(8)
})

test('reload, Back and Forward show the page of the address; addresses that stood behind # still lead there', async ({
	visit,
}) => {
	const { page, complaints } = await visit('public')
	const heading = (name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
	await page.goto('/#/login?as=operator')
	await expect(page).toHaveURL(/\/login\?as=operator$/)
	await heading('单位登录')
	await link(page, '操作指南').click()
	await heading('操作指南')
	await page.reload()
	await heading('操作指南')
	await page.goBack()
	await heading('单位登录')
	await expect(page.getByRole('tab', { name: '经办人登录' })).toHaveAttribute('aria-selected', 'true')
	await page.goForward()
	await heading('操作指南')
	await page.goto('/applications/0123456789abcdef0123456789abcdef')
	await expect(page).toHaveURL(/\/login\?next=/)
	const none = await page.goto('/nowhere/at/all')
	await heading('没有找到这个页面')
	expect(none?.status()).toBe(404)
	expect(complaints.splice(0).every((line) => line.includes('404'))).toBe(true)
})

test('ui 44: Internet Explorer is told so in Chinese', async ({ visit }) => {
	const { page, complaints } = await visit('public')
	const html = await (await page.request.get('/')).text()
	expect(html).toMatch(/<script nomodule[^>]* src="\.\/old-browser\.js">/)
	/* What such a browser does: no module runs, the other script does. */
	await page.route('**/assets/*.js', (route) => route.abort())
	await page.goto('/')
	await page.addScriptTag({ url: 'old-browser.js' })
	await page.evaluate(() => document.dispatchEvent(new Event('readystatechange')))
	await expect(page.getByRole('heading', { name: '您的浏览器版本过低' })).toBeVisible()
	await expect(page.getByText(/Edge、Chrome、Firefox/)).toBeVisible()
	complaints.splice(0)
})
