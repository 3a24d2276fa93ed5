/* Rows 1–7, 25 and 26 of the list of what users must be able to do: files. */
import { type Page } from '@playwright/test'
import { become, filed, passed, rejected, shared } from './ready'
import { anotherDraft, button, choose, expect, field, link, SAMPLES, settled, test, upload } from './person'

const MIB = 1 << 20

/* A PDF of exactly so many bytes: one page, and a stream nobody draws. */
function pdfOf(bytes: number): Buffer {
	const make = (fill: number) => {
		const stream = Buffer.alloc(fill, '% \n')
		const objects = [
			'<< /Type /Catalog /Pages 2 0 R >>',
			'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
			'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>',
			`<< /Length ${String(fill).padStart(10, '0')} >>\nstream\n${stream.toString('latin1')}\nendstream`,
		]
		let body = '%PDF-1.4\n'
		const places = objects.map((object, n) => {
			const place = body.length
			body += `${n + 1} 0 obj\n${object}\nendobj\n`
			return `${String(place).padStart(10, '0')} 00000 n \n`
		})
		const head = 'xref\n0 5\n0000000000 65535 f \n'
		const table = `${head}${places.join('')}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n`
		return Buffer.from(`${body}${table}${String(body.length).padStart(10, '0')}\n%%EOF\n`, 'latin1')
	}
	return make(bytes - make(0).length)
}

const pdfFile = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/pdf', buffer })
const boxOf = (page: Page, name: string) => page.locator('.j-field').filter({ has: field(page, 'application', name) })

/* A new form of a signed-in operator; drafts of other tests are left alone. */
async function newForm(page: Page): Promise<void> {
	const who = await shared('hospital')
	await become(page, who.client)
	await anotherDraft(page)
	await page.goto('/applications/new/edit')
	await settled(page)
	await choose(page, 'application', 'business_type', 'mixed')
}

/* A line of so many bytes per second, by the browser's own network emulation. */
async function slowLine(page: Page, uploadThroughput: number): Promise<void> {
	const devtools = await page.context().newCDPSession(page)
	await devtools.send('Network.emulateNetworkConditions', {
		offline: false,
		latency: 20,
		downloadThroughput: -1,
		uploadThroughput,
	})
}

const sizeOnServer = async (page: Page, id: string) =>
	(await (await page.request.get(`/api/v1/uploads/${id}`)).json()) as { size: number; offset: number; state: string }

/* The keys of uploads that were begun, as the browser learns them. */
function uploadsOf(page: Page) {
	const seen = { posts: 0, keys: [] as string[], offsets: [] as number[] }
	page.on('request', (request) => {
		if (request.method() === 'POST' && request.url().endsWith('/api/v1/uploads')) seen.posts++
	})
	page.on('response', async (answer) => {
		const method = answer.request().method()
		if (method === 'POST' && answer.url().endsWith('/api/v1/uploads'))
			seen.keys.push((answer.headers().location ?? '').replace(/^.*\//, ''))
		if (method === 'HEAD' && answer.url().includes('/api/v1/uploads/'))
			seen.offsets.push(Number(answer.headers()['upload-offset']))
	})
	return seen
}

test('ui 1: per-file progress, clear 已上传', async ({ visit }) => {
	const { page } = await visit('public')
	await newForm(page)
	await slowLine(page, MIB)
	const box = boxOf(page, 'plan')
	await page.evaluate(() => {
		const seen = new Set<number>()
		Object.assign(window, { seenProgress: seen })
		new MutationObserver(() => {
			const bar = document.querySelector('progress')
			if (bar) seen.add(bar.value)
		}).observe(document.body, { subtree: true, childList: true, attributes: true })
	})
	await field(page, 'application', 'plan').setInputFiles(pdfFile('申请方案.pdf', pdfOf(7 * MIB)))
	await expect(box.getByRole('status')).toHaveText(/正在上传 \d+%/)
	await expect(box.getByText(/MB \/ 7\.0 MB/)).toBeVisible()
	await expect(box.getByRole('status')).toHaveText('已上传 · 7.0 MB', { timeout: 40_000 })
	expect(
		await page.evaluate(() => (window as unknown as { seenProgress: Set<number> }).seenProgress.size),
	).toBeGreaterThanOrEqual(5)
})

test('ui 2: an upload starts on choosing, file by file', async ({ visit }) => {
	const { page, complaints } = await visit('public')
	await newForm(page)
	await field(page, 'application', 'application_letter').setInputFiles(
		pdfFile('申请函.pdf', Buffer.from('not a pdf at all')),
	)
	await upload(page, 'application', 'agreement', '定点机构协议.pdf')
	await expect(boxOf(page, 'application_letter').locator('.j-field__error')).toBeVisible()
	await expect(boxOf(page, 'agreement').getByText('已上传 ·')).toBeVisible()
	const saved = page.waitForRequest(
		(request) => request.method() === 'PUT' && /applications\/[0-9a-f]{32}$/.test(request.url()),
	)
	await expect(page).toHaveURL(/applications\/[0-9a-f]{32}\/edit/)
	await button(page, '保存').click()
	const body = (await saved).postData() ?? ''
	expect(JSON.parse(body).agreement).toMatch(/^[0-9a-f]{32}$/)
	expect(body.length).toBeLessThan(1000)
	expect(complaints.splice(0).every((line) => line.includes('422'))).toBe(true)
})

test('ui 3, 5: says within 2 s that the line is lost, keeps the percentage, goes on by itself', async ({ visit }) => {
	const { page, complaints } = await visit('public')
	await newForm(page)
	const seen = uploadsOf(page)
	await slowLine(page, 4 * MIB)
	const box = boxOf(page, 'plan')
	const buffer = pdfOf(12 * MIB)
	await field(page, 'application', 'plan').setInputFiles(pdfFile('申请方案.pdf', buffer))
	await expect(box.getByText(/正在上传 [1-9]\d?%/).first()).toBeVisible()
	await page.context().setOffline(true)
	await expect(box.getByText(/网络已断开，已保留 \d+%，恢复后自动续传/).first()).toBeVisible({ timeout: 2000 })
	await page.waitForTimeout(3500)
	await page.context().setOffline(false)
	await expect(box.getByText('已上传 ·')).toBeVisible({ timeout: 40_000 })
	expect(seen.posts).toBe(1)
	expect(await sizeOnServer(page, seen.keys[0]!)).toMatchObject({
		size: buffer.length,
		offset: buffer.length,
		state: 'stored',
	})
	complaints.splice(0)
})

test('ui 4: a reload and the same file again go on where it was', async ({ visit }) => {
	const { page, complaints } = await visit('public')
	await newForm(page)
	const seen = uploadsOf(page)
	/* the draft gets its number while the upload is on its way: the reload must find it all the same */
	await slowLine(page, 1.5 * MIB)
	const file = `${test.info().outputDir}/申请方案.pdf`
	const { mkdir, writeFile } = await import('node:fs/promises')
	await mkdir(test.info().outputDir, { recursive: true })
	await writeFile(file, pdfOf(12 * MIB))
	await field(page, 'application', 'plan').setInputFiles(file)
	const box = boxOf(page, 'plan')
	await expect(box.getByText(/正在上传 (4|5)\d%/).first()).toBeVisible({ timeout: 30_000 })
	await expect(page).toHaveURL(/applications\/[0-9a-f]{32}\/edit/)
	await page.reload()
	await slowLine(page, -1)
	await field(page, 'application', 'plan').setInputFiles(file)
	await expect(box.getByText('已上传 ·')).toBeVisible()
	expect(seen.posts).toBe(1)
	expect(seen.offsets[0]).toBeGreaterThan(0)
	expect(await sizeOnServer(page, seen.keys[0]!)).toMatchObject({ size: 12 * MIB, offset: 12 * MIB, state: 'stored' })
	complaints.splice(0)
})

test('ui 6: what is wrong with a file is said with field, name, limit and size', async ({ visit }) => {
	const { page, complaints } = await visit('public')
	await newForm(page)
	const seen = uploadsOf(page)
	const box = boxOf(page, 'application_letter')
	const say = async (file: Parameters<ReturnType<typeof field>['setInputFiles']>[0], words: RegExp) => {
		await field(page, 'application', 'application_letter').setInputFiles(file)
		await expect(box.locator('.j-field__error')).toHaveText(words)
		await expect(box.getByText('已上传 ·')).toHaveCount(0)
	}
	await say(`${SAMPLES}/诊间结算.mp4`, /“诊间结算.mp4”不是允许的类型，请选择 .pdf 文件/)
	await say(pdfFile('大文件.pdf', Buffer.alloc(21 * MIB)), /“大文件.pdf”有 21.0 MB，超过 20.0 MB 的上限/)
	await say(`${SAMPLES}/bad/空文件.pdf`, /“空文件.pdf”是空文件/)
	expect(seen.posts).toBe(0)
	await say(`${SAMPLES}/bad/改名的图片.pdf`, /“改名的图片.pdf”：这是 (JPG|PNG) 文件，此处请选择 .pdf 文件/)
	expect(seen.posts).toBe(1)
	await say(`${SAMPLES}/bad/加密的申请函.pdf`, /“加密的申请函.pdf”：PDF 已加密，需要密码才能打开，/)
	await say(`${SAMPLES}/bad/截断的申请函.pdf`, /“截断的申请函.pdf”：/)
	await upload(page, 'application', 'application_letter', '申请函.pdf')
	await expect(box.locator('.j-field__error')).toHaveCount(0)
	expect(complaints.splice(0).every((line) => line.includes('422'))).toBe(true)
})

test('ui 7, 23, 24: after 驳回 the opinion is on top, files are kept, both rounds are in one list', async ({
	visit,
}) => {
	const who = await shared('hospital')
	const number = await filed(who, 'mixed')
	await rejected(number, '申请函没有加盖公章')
	const { page } = await visit('public')
	await become(page, who.client)
	const seen = uploadsOf(page)
	await page.goto(`/applications/${number}`)
	const opinion = page.getByText('申请函没有加盖公章').first()
	await expect(opinion).toBeInViewport()
	await expect(link(page, '修改并重新提交')).toBeInViewport()
	await link(page, '修改并重新提交').click()
	await expect(page.getByText('已上传 ·')).toHaveCount(2)
	await button(page, '提交').click()
	await page.getByLabel('我已核对以上信息，确认材料真实有效').check()
	await button(page, '确认提交申请').click()
	await link(page, '查看详情').click()
	expect(seen.posts).toBe(0)

	const list = page.locator('ol.j-records')
	await expect(list).toHaveCount(1)
	await expect(list.getByRole('heading', { name: '提交申请' })).toHaveCount(2)
	await expect(list.getByText('申请函没有加盖公章')).toBeVisible()
	await expect(list.getByText('待审核')).toBeVisible()
	/* more rounds: long histories fold */
	await rejected(number, '第二次')
	const body = await who.client.get(`applications/${number}`)
	await who.client.post(`applications/${number}/submission`, { version: body.version })
	await rejected(number, '第三次')
	const again = await who.client.get(`applications/${number}`)
	await who.client.post(`applications/${number}/submission`, { version: again.version })
	await page.reload()
	await expect(list.getByRole('listitem')).toHaveCount(6)
	await page.getByRole('button', { name: /^展开/ }).click()
	await expect(list.getByRole('listitem')).not.toHaveCount(6)
	await expect(list.getByText('申请函没有加盖公章')).toBeVisible()
})

test('ui 25: a PDF inside the page, or a way to open it', async ({ visit }) => {
	const who = await shared('hospital')
	const number = await filed(who, 'auth')
	const { page } = await visit('public')
	await become(page, who.client)
	await page.goto(`/applications/${number}`)
	const content = page.waitForResponse((answer) => answer.url().includes('/content'))
	await page
		.getByRole('button', { name: /^查看文件.*\.pdf/ })
		.first()
		.click()
	const answer = await content
	expect(answer.status()).toBe(200)
	expect(answer.headers()['content-type']).toContain('application/pdf')
	await expect(page.locator('iframe.j-preview__frame')).toBeVisible()
	await page.keyboard.press('Escape')

	await page.addInitScript(() => Object.defineProperty(navigator, 'pdfViewerEnabled', { get: () => false }))
	await page.reload()
	await page
		.getByRole('button', { name: /^查看文件.*\.pdf/ })
		.first()
		.click()
	await expect(page.locator('iframe')).toHaveCount(0)
	await expect(page.getByText('浏览器不能直接显示此类文件，请下载后查看。')).toBeVisible()
	await expect(page.getByRole('dialog').getByRole('link', { name: /^打开/ })).toBeVisible()
	await expect(page.getByRole('dialog').getByRole('link', { name: /^下载/ })).toBeVisible()
})

test('ui 26: a recording plays inside the page from any place, or says it cannot', async ({ visit }) => {
	const who = await shared('pharmacy')
	const number = await accepting(who)
	const { page, complaints } = await visit('public')
	await become(page, who.client)
	const ranges: number[] = []
	page.on('response', (answer) => {
		if (answer.url().includes('/content')) ranges.push(answer.status())
	})
	await page.goto(`/applications/${number}/acceptance`)
	const box = page.locator('.j-field').filter({ has: field(page, 'acceptance', 'video_purchase') })
	await box.getByRole('button', { name: /^预览/ }).click()
	const video = page.locator('video')
	await expect.poll(() => video.evaluate((node: HTMLVideoElement) => node.readyState)).toBeGreaterThanOrEqual(1)
	expect(ranges).toContain(206)
	await video.evaluate((node: HTMLVideoElement) => (node.currentTime = node.duration / 2))
	await expect.poll(() => video.evaluate((node: HTMLVideoElement) => node.currentTime)).toBeGreaterThan(0)
	await video.evaluate((node) => node.dispatchEvent(new Event('error')))
	await expect(page.getByText('无法播放，请下载后查看。')).toBeVisible()
	complaints.splice(0)
})

/* A passed application whose 验收单 is kept with a recording. */
async function accepting(who: Awaited<ReturnType<typeof shared>>): Promise<string> {
	const number = await filed(who, 'mixed')
	await passed(number)
	const video = await who.client.upload('video', `${SAMPLES}/诊间结算.mp4`)
	const { version } = await who.client.get(`applications/${number}`)
	await who.client.put(`applications/${number}/acceptance`, { version, video_purchase: video })
	return number
}
