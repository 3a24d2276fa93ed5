/* One build at / and behind a path prefix: the stack is told JIERU_PREFIX, and nothing is built again. */
import { filed, operatorOf, passed } from './ready'
import { button, choose, downloadSheet, expect, fill, link, signIn, test, upload } from './person'
import { restart } from './stack'

test.beforeAll(() => restart({ JIERU_PREFIX: '/gov/jieru' }))
test.afterAll(() => restart({ JIERU_PREFIX: '' }))

test('behind a prefix: pages, cookie, uploads, sheets, reload, Back and Forward', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const number = await filed(who, 'mixed')
	await passed(number)
	const { page } = await visit('public')
	const outside: string[] = []
	page.on('request', (request) => {
		const { pathname, protocol } = new URL(request.url())
		/* the viewer of PDFs is an extension of the browser's own */
		if (protocol === 'http:' && !pathname.startsWith('/gov/jieru/')) outside.push(pathname)
	})

	await page.goto('/gov/jieru/login?as=operator&next=%2Fapplications')
	await signIn(page, 'login_operator', { phone: who.operator.phone, password: who.operator.password })
	await expect(page).toHaveURL(/\/gov\/jieru\/applications$/)
	const cookie = (await page.context().cookies()).find((each) => each.name === 'jieru')
	expect(cookie?.path).toBe('/gov/jieru/')

	await link(page, '新建申请单').first().click()
	await choose(page, 'application', 'business_type', 'mixed')
	const begun = page.waitForResponse(
		(answer) => answer.request().method() === 'POST' && answer.url().endsWith('/uploads'),
	)
	await upload(page, 'application', 'agreement', '定点机构协议.pdf')
	expect((await begun).headers().location).toMatch(/^\/gov\/jieru\/api\/v1\/uploads\/[0-9a-f]{32}$/)
	await fill(page, 'application', { contact_name: '孙联系' })
	await expect(page).toHaveURL(/\/gov\/jieru\/applications\/[0-9a-f]{32}\/edit$/)
	await page.getByRole('button', { name: /^预览/ }).click()
	await expect(page.locator('iframe.j-preview__frame')).toBeVisible()
	await page.keyboard.press('Escape')
	await button(page, '保存').click()
	await expect(page.getByText('已保存，可以稍后继续填写')).toBeVisible()
	await page.reload()
	await expect(page.getByText('定点机构协议.pdf').first()).toBeVisible()

	await page.goto(`/gov/jieru/applications/${number}`)
	expect((await downloadSheet(page, '下载移动支付渠道反馈单')).subarray(0, 5).toString()).toBe('%PDF-')
	await link(page, '操作指南').click()
	await expect(page).toHaveURL(/\/gov\/jieru\/guide#progress$/)
	await page.goBack()
	await expect(page.getByRole('heading', { level: 1, name: '申请单详情' })).toBeVisible()
	await page.goForward()
	await expect(page.getByRole('heading', { level: 1, name: '操作指南' })).toBeVisible()
	expect(outside).toEqual([])
})

test('behind a prefix: the address without its slash, and one that stood behind #', async ({ visit }) => {
	const { page } = await visit('public')
	await page.goto('/gov/jieru')
	await expect(page.getByRole('heading', { level: 1, name: '服务目录' })).toBeVisible()
	await page.goto('/gov/jieru/#/verify?number=0')
	await expect(page).toHaveURL(/\/gov\/jieru\/verify\?number=0$/)
	for (const place of ['/gov/jieru/nowhere', '/nowhere']) expect((await page.request.get(place)).status()).toBe(404)
	expect((await page.request.get('/gov/jieru/guide')).status()).toBe(200)
	const officer = (await visit('review')).page
	await officer.goto('/gov/jieru/')
	await expect(officer).toHaveURL(/\/gov\/jieru\/login\?next=/)
})
