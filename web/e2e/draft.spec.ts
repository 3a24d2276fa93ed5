/* What is typed is kept: autosave, an expired session, a broken line, a refused form. */
import { become, operatorOf } from './ready'
import { button, choose, expect, field, fill, signIn, solveCaptcha, test, upload, SAMPLES } from './person'

test('a draft saves itself, incomplete as it is; opening the form makes none', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const { page } = await visit('portal')
	await become(page, who.client)
	await page.goto('/#/applications/new/edit')
	await expect(page.getByRole('heading', { name: '申请单', exact: true })).toBeVisible()
	await page.goto('/#/applications')
	await expect(page.getByText('还没有申请单')).toBeVisible()

	await page.goto('/#/applications/new/edit')
	await choose(page, 'application', 'business_type', 'mixed')
	await fill(page, 'application', { contact_name: '孙联系' })
	await upload(page, 'application', 'agreement', '定点机构协议.pdf')
	await expect(page.getByText(/草稿已于 \d\d:\d\d 自动保存/)).toBeVisible()
	await expect(page).toHaveURL(/applications\/[0-9a-f]{32}\/edit/)
	await page.reload()
	await expect(field(page, 'application', 'contact_name')).toHaveValue('孙联系')
	await expect(page.getByText('定点机构协议.pdf')).toBeVisible()

	/* Fields that are not asked are gone, and so are their answers. */
	await choose(page, 'application', 'business_type', 'auth')
	await fill(page, 'application', { channel: 'wechat' })
	await choose(page, 'application', 'business_type', 'mixed')
	await expect(field(page, 'application', 'channel')).toHaveCount(0)
	await button(page, '保存').click()
	await expect(page.getByText('已保存，可以稍后继续填写')).toBeVisible()
	const { items } = await who.client.get('applications')
	const body = await who.client.get(`applications/${items[0].number}`)
	expect(body.answers.channel ?? null).toBeNull()
})

test('leaving at once still saves, and leads where one wanted to go', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const { page } = await visit('portal')
	await become(page, who.client)
	await page.goto('/#/applications/new/edit')
	await choose(page, 'application', 'business_type', 'mixed')
	await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '单位管理首页' }).click()
	await expect(page.getByRole('heading', { name: '单位管理首页' })).toBeVisible()
	await page.goto('/#/applications')
	await expect(page.getByRole('row').filter({ hasText: '待提交' })).toHaveCount(1)
})

test('a refused form says where: summary with focus, links to the fields, same words', async ({ visit }) => {
	const who = await operatorOf('pharmacy')
	const { page } = await visit('portal')
	await become(page, who.client)
	await page.goto('/#/applications/new/edit')
	await choose(page, 'application', 'business_type', 'mixed')
	await fill(page, 'application', { contact_phone: '12345' })
	await button(page, '提交').click()
	const summary = page.getByRole('alert').filter({ hasText: '需要修改' })
	await expect(summary).toBeFocused()
	await expect(page).toHaveTitle(/^错误：/)
	const line = summary.getByRole('link').filter({ hasText: '11 位手机号' })
	const words = (await line.textContent()) ?? ''
	await line.click()
	const phone = field(page, 'application', 'contact_phone')
	await expect(phone).toBeFocused()
	await expect(phone).toHaveValue('12345')
	await expect(phone).toHaveAttribute('aria-invalid', 'true')
	await expect(page.locator('[id="application-contact_phone-error"]')).toHaveText(words)
})

test('a session that ends while typing loses nothing', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const { page, complaints } = await visit('portal')
	await become(page, who.client)
	await page.goto('/#/applications/new/edit')
	await choose(page, 'application', 'business_type', 'mixed')
	await expect(page.getByText(/自动保存/)).toBeVisible()
	await page.context().clearCookies()
	await fill(page, 'application', { contact_name: '还在这里' })
	const dialog = page.getByRole('dialog', { name: '登录已失效' })
	await expect(dialog).toBeVisible()
	await signIn(page, 'login_operator', { phone: who.operator.phone, password: who.operator.password })
	await expect(dialog).toBeHidden()
	await expect(page.getByText(/自动保存/)).toBeVisible()
	const { items } = await who.client.get('applications')
	const body = await who.client.get(`applications/${items[0].number}`)
	expect(body.answers.contact_name).toBe('还在这里')
	/* The browser notes the 401 by itself. */
	expect(complaints.splice(0).every((line) => line.includes('401'))).toBe(true)
})

test('files: refused in words before and after sending, paused offline and continued', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const { page, complaints } = await visit('portal')
	await become(page, who.client)
	await page.goto('/#/applications/new/edit')
	await choose(page, 'application', 'business_type', 'mixed')
	const letter = field(page, 'application', 'application_letter')
	const box = page.locator('.j-field').filter({ has: letter })
	await letter.setInputFiles(`${SAMPLES}/诊间结算.mp4`)
	await expect(box.getByText('“诊间结算.mp4”不是允许的类型，请选择 .pdf 文件')).toBeVisible()
	await letter.setInputFiles({ name: '申请函.pdf', mimeType: 'application/pdf', buffer: Buffer.from('not a pdf at all') })
	await expect(box.locator('.j-field__error')).toBeVisible()
	await expect(box.getByText('已上传 ·')).toHaveCount(0)
	expect(complaints.splice(0).every((line) => line.includes('422'))).toBe(true)

	const plan = page.locator('.j-field').filter({ has: field(page, 'application', 'plan') })
	await page.route('**/api/v1/uploads/*', async (route) => {
		await new Promise((done) => setTimeout(done, 150))
		await route.continue()
	})
	await field(page, 'application', 'plan').setInputFiles({
		name: '申请方案.pdf',
		mimeType: 'application/pdf',
		buffer: await largePdf(),
	})
	await expect(plan.getByText(/正在上传 [1-9]\d?%/).first()).toBeVisible()
	await page.context().setOffline(true)
	await expect(plan.getByText(/网络已断开，已保留 \d+%，恢复后自动续传/).first()).toBeVisible({ timeout: 2000 })
	await page.context().setOffline(false)
	await expect(plan.getByText('已上传 ·')).toBeVisible()
	complaints.splice(0)
})

/* A real PDF made long: comments after the last object do not harm it. */
async function largePdf(): Promise<Buffer> {
	const { readFile } = await import('node:fs/promises')
	const pdf = await readFile(`${SAMPLES}/申请方案.pdf`)
	const at = pdf.lastIndexOf('startxref')
	const filler = Buffer.alloc(12 << 20, `%${'x'.repeat(62)}\n`)
	return Buffer.concat([pdf.subarray(0, at), filler, pdf.subarray(at)])
}

test('an outage says what became of the answers', async ({ visit }) => {
	const { page, complaints } = await visit('portal')
	await page.goto('/')
	await page.route('**/api/**', (route) => route.fulfill({ status: 503, body: '<html>Bad Gateway</html>' }))
	await page.reload()
	await expect(page.getByRole('heading', { name: '系统暂时无法使用' }).first()).toBeVisible()
	await expect(page.getByText('已经保存的草稿和已上传的文件都在')).toBeVisible()
	await expect(page.getByText(/服务电话/).first()).toBeVisible()
	await page.unroute('**/api/**')
	await button(page, '重试').click()
	await expect(page.getByRole('heading', { name: '服务目录' })).toBeVisible()
	expect(complaints.splice(0).every((line) => line.includes('503'))).toBe(true)
})

test('a wrong password and an unknown account read the same', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const { page, complaints } = await visit('portal')
	const said: string[] = []
	for (const account of [who.unit.account, 'nobody_here']) {
		await page.goto('/#/login')
		await page.reload()
		await signIn(page, 'login_unit', { account, password: 'Wrong2026x' })
		said.push((await page.getByRole('alert').textContent()) ?? '')
		await expect(field(page, 'login_unit', 'account')).toHaveValue(account)
		await solveCaptcha(page, 'login_unit')
	}
	expect(said[0]).toContain('账号或密码不正确')
	expect(said[1]).toBe(said[0])
	expect(complaints.splice(0).every((line) => line.includes('401'))).toBe(true)
})
