/*
 * The pictures of 操作指南, taken of our own pages as somebody walks through them: `npm run guide`.
 * What is to be pressed next wears a red frame. WebP, because a page of them must stay small.
 */
import { readdir, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type Locator, type Page } from '@playwright/test'
import { unitForm } from '../../tests/http/people.mjs'
import { afterStepOne, accepting, become, operatorOf, passed, rejected } from './ready'
import { reportKey } from './steps'
import {
	arriveAt,
	button,
	choose,
	downloadSheet,
	expect,
	field,
	fill,
	link,
	pickRegion,
	settled,
	test,
	upload,
} from './person'

const folder = fileURLToPath(new URL('../public/guide', import.meta.url))
const SIZE = { width: 1024, height: 640 } /* as GuidePage.vue says */
const LARGEST = 40 * 1024

/* The browser itself turns PNG into WebP, coarser until it is small enough. */
async function webp(page: Page, png: Buffer): Promise<Buffer> {
	const blank = await page.context().newPage()
	try {
		for (const quality of [0.8, 0.6, 0.45, 0.3]) {
			const text = await blank.evaluate(
				async ({ data, quality }) => {
					const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob())
					const canvas = document.createElement('canvas')
					canvas.width = picture.width
					canvas.height = picture.height
					canvas.getContext('2d')?.drawImage(picture, 0, 0)
					return canvas.toDataURL('image/webp', quality).replace(/^.*,/, '')
				},
				{ data: png.toString('base64'), quality },
			)
			const made = Buffer.from(text, 'base64')
			if (made.length <= LARGEST) return made
		}
		throw new Error('too large')
	} finally {
		await blank.close()
	}
}

/* The screen as it is, with `press` framed and in the middle of it. */
async function picture(page: Page, name: string, press?: Locator): Promise<void> {
	await page.setViewportSize(SIZE)
	await settled(page)
	const marked = press ? await press.first().elementHandle() : null
	await page.evaluate((node) => {
		;(document.activeElement as HTMLElement | null)?.blur()
		if (!node) return window.scrollTo(0, 0)
		const shown = node as HTMLElement
		const box = shown.getBoundingClientRect()
		if (box.bottom > window.innerHeight - 40 || box.top < 0) shown.scrollIntoView({ block: 'center' })
		Object.assign(shown.style, { outline: '4px solid #d92d20', outlineOffset: '4px', borderRadius: '4px' })
	}, marked)
	const png = await page.screenshot()
	await page.evaluate((node) => (node as HTMLElement | null)?.removeAttribute('style'), marked)
	await writeFile(`${folder}/${name}.webp`, await webp(page, png))
}

test.beforeAll(async () => {
	for (const name of await readdir(folder)) if (name.endsWith('.webp')) await rm(`${folder}/${name}`)
})

test('注册、找回密码', async ({ visit }) => {
	const { page } = await visit('public')
	await page.goto('/login')
	await picture(page, 'login', link(page, '立即注册'))
	await page.goto('/register')
	const { region: _, ...unit } = unitForm('hospital', '12440103999000021A')
	await fill(page, 'register_unit', { ...unit, name: '广州西濠口医院', legal_name: '陈示例' })
	await pickRegion(page, 'register_unit', ['440000', '440100', '440103'])
	await picture(page, 'register-unit', field(page, 'register_unit', 'name'))
	await afterStepOne(page)
	await page.goto('/register/operator')
	await picture(page, 'register-operator', button(page, '发送验证码'))
	await arriveAt(page, '/register/done', { registered: { known: false } })
	await button(page, '停留在本页').click()
	await picture(page, 'register-done', page.getByRole('link', { name: /^前往登录/ }))
	await arriveAt(page, '/password-reset/identity', { named: true })
	await picture(page, 'reset', field(page, 'password_reset', 'verifier'))
})

test('单位', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const { page } = await visit('public')
	await become(page, who.unitClient)
	await page.route('**/api/v1/unit', async (route) => {
		const answer = await route.fetch()
		const body = await answer.json()
		body.tasks[0].state = 'todo'
		body.tasks[2].state = body.tasks[3].state = 'wait'
		await route.fulfill({ response: answer, json: { ...body, certification: 'none' } })
	})
	await page.goto('/unit')
	await picture(page, 'unit-home', link(page, '去认证'))
	await page.goto('/unit/certification')
	await upload(page, 'certification', 'business_licence', '营业执照.jpg')
	await picture(page, 'certify', button(page, '认证'))
	await page.unroute('**/api/v1/unit')
	await page.goto('/unit/certification')
	await picture(page, 'certified', page.getByText('已认证').first())
	await page.goto('/unit/operators')
	await picture(page, 'operators', page.getByRole('button', { name: /^权限/ }))
	await page.getByRole('button', { name: /^权限/ }).click()
	await picture(page, 'grant', button(page, '确定'))
	await page.goto('/unit/operators/new')
	await picture(page, 'operator-new', field(page, 'operator_add', 'phone'))
})

test('申请、审核、验收', async ({ visit }) => {
	const who = await operatorOf('pharmacy', ['440103', '440106'])
	const { page } = await visit('public')
	await become(page, who.client)
	await page.goto('/choose-institution')
	await picture(page, 'choose', button(page, '进入'))
	await page.goto('/applications')
	await picture(page, 'list-empty', link(page, '新建申请单'))
	await page.goto('/applications/new/edit')
	await choose(page, 'application', 'business_type', 'auth')
	await expect(page.getByText(/草稿已于/)).toBeVisible()
	await picture(page, 'form', field(page, 'application', 'business_type'))
	await fill(page, 'application', { channel: 'wechat' })
	await choose(page, 'application', 'app_source', 'own_new')
	await fill(page, 'application', {
		app_name: '示例大药房小程序',
		app_type: 'miniprogram',
		contact_name: '孙联系',
		contact_phone: '13800138000',
	})
	await choose(page, 'application', 'purchase_channels', 'meituan')
	await upload(page, 'application', 'app_screenshot', '应用首页截图.png')
	await upload(page, 'application', 'application_letter', '申请函.pdf')
	await picture(
		page,
		'form-files',
		page
			.locator('.j-field')
			.filter({ has: field(page, 'application', 'agreement') })
			.locator('.j-upload'),
	)
	await upload(page, 'application', 'agreement', '定点机构协议.pdf')
	await button(page, '提交').click()
	await page.getByLabel(/我已核对/).check()
	await picture(page, 'check', button(page, '确认提交申请'))
	await button(page, '确认提交申请').click()
	await expect(page).toHaveURL(/done/)
	await picture(page, 'done', link(page, '查看详情'))
	const number = /[0-9a-f]{32}/.exec(page.url())?.[0] ?? ''
	await page.goto(`/applications/${number}`)
	await picture(page, 'progress', page.locator('p', { hasText: '当前由' }))
	await rejected(number, '申请函没有加盖公章，请补盖后重新上传')
	await page.reload()
	await picture(page, 'rejected', link(page, '修改并重新提交'))
	await button(page, '弃用单据').click()
	await fill(page, 'discard', { reason: '应用名称填写有误' })
	await picture(page, 'discard', button(page, '下一步'))
	await page.goto('/applications')
	await picture(page, 'list', page.getByRole('link', { name: /^详情/ }))
	const { version } = await who.client.get(`applications/${number}`)
	await who.client.post(`applications/${number}/submission`, { version })
	await passed(number)
	await page.goto(`/applications/${number}`)
	await downloadSheet(page, '下载移动支付渠道反馈单')
	await picture(page, 'applied', page.getByRole('button', { name: /^下载移动支付渠道反馈单/ }))
	await page.goto(`/applications/${number}/selftest`)
	await picture(page, 'selftest', button(page, '开始自测'))
	await page.goto(`/applications/${number}/acceptance`)
	await fill(page, 'acceptance', { order_no: 'ORD358900202207111433280000125' })
	await picture(page, 'acceptance', field(page, 'acceptance', 'order_no'))
	await page.goto(`/applications/${number}/channel-key`)
	await page.getByLabel(/在浏览器中生成密钥对/).check()
	await picture(page, 'channel-key', button(page, '生成密钥对'))
	await page.goto(`/applications/${number}`)
	await reportKey(page)
	await accepting(who, number, 'auth')
	await passed(number)
	await page.goto(`/applications/${number}`)
	await downloadSheet(page, '下载移动支付渠道反馈单（正式环境）')
	await picture(page, 'accepted', page.getByRole('button', { name: /^下载移动支付渠道反馈单/ }))
	await page.goto('/messages')
	await picture(page, 'messages', page.getByRole('checkbox', { name: /短信/ }).locator('..'))
})
