/* The administration: 安全管理员, 系统管理员, 审计员 at their pages; axe finds nothing on any of them. */
import { type Page } from '@playwright/test'
import { messages, sql, until } from '../../tests/http/client.mjs'
import { idCard, institutions, officer, phone } from '../../tests/http/people.mjs'
import { faults } from './faults'
import { become } from './ready'
import { button, choose, expect, fill, link, settled, signIn, test } from './person'

const PASSWORD = process.env.OFFICER_PASSWORD ?? 'Shenhe-2026'
const letters = () => Math.random().toString(36).slice(2, 8)
const folder = process.env.ADMIN_SHOTS

/* A page as axe and people see it, in pictures where they are asked for. */
async function look(page: Page, name: string): Promise<void> {
	await settled(page)
	expect(await faults(page, name)).toEqual([])
	await page.evaluate(() => (document.documentElement.className = ''))
	if (!folder) return
	for (const [mark, width] of [
		['d', 1280],
		['m', 390],
	] as const) {
		await page.setViewportSize({ width, height: 900 })
		await page.screenshot({ path: `${folder}/${name}-${mark}.png`, fullPage: true })
	}
	await page.setViewportSize({ width: 1280, height: 900 })
}

async function enter(page: Page, account: string, password = PASSWORD): Promise<void> {
	await page.goto('/login')
	await signIn(page, 'login_officer', { account, password })
}

test('安全管理员: an account is asked for, confirmed by another, begins with the password on its phone, is disabled', async ({
	visit,
}) => {
	const { page } = await visit('review')
	const account = `e2e${letters()}`
	const mobile = phone()
	await enter(page, 'aq01')
	await expect(page.getByRole('heading', { name: '工作人员账号' })).toBeVisible()
	await expect(page.getByRole('link', { name: '待审核' })).toHaveCount(0)
	await look(page, 'staff')
	await link(page, '新增账号').click()
	await button(page, '提交复核').click()
	await expect(page.locator('.j-summary')).toBeVisible()
	await fill(page, 'staff_add', { account, name: '测试员', id_no: idCard(), phone: mobile, reason: '新入职' })
	await choose(page, 'staff_add', 'role', 'officer')
	await page.getByLabel('查找医保局：名称或区划代码').fill('广州')
	await expect(page.locator('#staff_add-bureau option', { hasText: '广州市医疗保障局' })).toHaveCount(1)
	await page.locator('#staff_add-bureau').selectOption('440100')
	await look(page, 'staff-new')
	await button(page, '提交复核').click()
	await expect(page.getByText('由另一名安全管理员复核后生效')).toBeVisible()
	await look(page, 'staff-asked')
	await page.locator('main').getByRole('link', { name: '待复核' }).click()
	await expect(page.getByRole('button', { name: new RegExp(`^撤回\\s*${account} 的申请$`) })).toBeVisible()
	await expect(page.getByRole('button', { name: new RegExp(`^确认\\s*${account} 的申请$`) })).toHaveCount(0)

	const { page: other } = await visit('review')
	await enter(other, 'aq02')
	await other.getByRole('link', { name: /^待复核/ }).click()
	await look(other, 'staff-requests')
	await other.getByRole('button', { name: new RegExp(`^确认\\s*${account} 的申请$`) }).click()
	await look(other, 'staff-confirm')
	await other.getByRole('dialog').getByRole('button', { name: '确认', exact: true }).click()
	await expect(other.getByText(`已确认：新增账号，账号 ${account}`)).toBeVisible()
	await link(other, '已处理').click()
	await look(other, 'staff-settled')
	const [sms] = await until(() => messages(mobile).length > 0 && messages(mobile))
	const first = sms.match(/初始密码为 (\w{12})/)?.[1] ?? ''

	const { page: hers } = await visit('review')
	await enter(hers, account, first)
	await expect(hers.getByRole('heading', { name: '修改密码' })).toBeVisible()
	await fill(hers, 'password_change', { old_password: first, password: 'Changed2026x', password2: 'Changed2026x' })
	await hers
		.getByRole('button', { name: /修改|确定|保存/ })
		.last()
		.click()
	await expect(hers.getByRole('link', { name: /待审核/ })).toBeVisible()

	await page.goto('/staff')
	await page.getByLabel('账号或姓名').fill(account)
	await button(page, '查询').click()
	await page.getByRole('link', { name: new RegExp(`^管理\\s*${account}$`) }).click()
	await look(page, 'staff-edit')
	await button(page, '停用').click()
	await button(page, '确认停用').click()
	await expect(page.getByText('请填写停用原因')).toBeVisible()
	await page.getByLabel('停用原因').fill('已调离')
	await look(page, 'staff-disable')
	await button(page, '确认停用').click()
	await expect(button(page, '启用')).toBeVisible()
})

test('系统管理员: a row is added to a table, an announcement stands on the public home page', async ({ visit }) => {
	const { page } = await visit('review')
	await enter(page, 'xt01')
	for (const name of ['医保局', '医保区划', '机构目录', '官方渠道', '数据字典', '公告']) {
		await link(page, name).click()
		await expect(page.getByRole('heading', { name, exact: true })).toBeVisible()
		await look(page, `catalogue-${name}`)
	}
	await link(page, '模板').click()
	await expect(page.getByRole('heading', { name: '测试报告模板' })).toBeVisible()
	await look(page, 'documents')
	await link(page, '公告').click()
	const title = `系统维护通知${letters()}`
	await link(page, '新增').click()
	await fill(page, 'announcement_row', { title, body: '本周六 22:00 至次日 6:00 维护，期间暂停服务。' })
	await fill(page, 'announcement_row', { starts: '2020-01-01' })
	await button(page, '保存').click()
	await expect(page.locator('.j-summary')).toContainText('结束日期')
	await fill(page, 'announcement_row', { ends: '2099-12-31' })
	await look(page, 'catalogue-edit')
	await button(page, '保存').click()
	await expect(page.getByRole('cell', { name: title, exact: true })).toBeVisible()
	const { page: visitor } = await visit('public')
	await visitor.goto('/')
	await expect(visitor.getByText(title)).toBeVisible()
	await look(visitor, 'home-announcement')
})

test('系统管理员: a catalogue with errors is looked at, then taken over', async ({ visit }) => {
	const { page } = await visit('review')
	await become(page, await officer('xt01'))
	await page.goto('/catalogues/institutions')
	await link(page, '导入').click()
	const code = `H440103${String(Date.now()).slice(-5)}`
	const titles = '定点医药机构编码,定点医药机构名称,医保区划,统一社会信用代码,协议开始日期,协议结束日期'
	const rows = [
		`${code},走查导入医院,440103,12440103999000021A,2026-01-01,2027-12-31`,
		`${code},走查导入医院,449999,12440103999000021X,2026-01-01,2027-12-31`,
	]
	await page
		.locator('#import-file')
		.setInputFiles({ name: '目录.csv', mimeType: 'text/csv', buffer: Buffer.from([titles, ...rows].join('\r\n')) })
	await expect(page.getByText('待导入').first()).toBeVisible()
	await expect(page.getByRole('row').filter({ hasText: '统一社会信用代码' })).toContainText('3')
	await look(page, 'import-checked')
	await button(page, '导入 1 行').click()
	await button(page, '确认导入').click()
	await expect(page.getByText('已导入').first()).toBeVisible()
	/* whoever is in the catalogue and not in a complete file ends, when it is asked for */
	sql("UPDATE institution SET active = 0 WHERE region_code = '440118'")
	const gone = institutions('hospital', ['440118'])[0]!
	const whole = [titles, `H440118${code.slice(-5)},走查新医院,440118,12440103999000021A,2026-01-01,2027-12-31`].join(
		'\r\n',
	)
	await page
		.locator('#import-file')
		.setInputFiles({ name: '完整目录.csv', mimeType: 'text/csv', buffer: Buffer.from(whole) })
	await button(page, '查看名单').click()
	await expect(page.getByRole('cell', { name: gone.code, exact: true })).toBeVisible()
	await look(page, 'import-missing')
	await button(page, '导入 1 行').click()
	await page.getByLabel(/^终止文件中没有的机构/).check()
	await expect(button(page, '确认导入')).toBeDisabled()
	await expect(page.getByRole('dialog')).toContainText('100%')
	await page.getByLabel('我已核对将终止的机构').check()
	await look(page, 'import-sure')
	await button(page, '确认导入').click()
	await expect(page.getByText('文件中没有的 1 家机构已终止。')).toBeVisible()
	await page.goto('/catalogues/institutions')
	await page.getByRole('searchbox').fill(code)
	await button(page, '查询').click()
	await expect(page.getByRole('cell', { name: '走查导入医院', exact: true })).toBeVisible()
	await link(page, '短信和任务').click()
	await expect(page.getByRole('heading', { name: '后台任务' })).toBeVisible()
	await look(page, 'failures')
})

test('审计员: deeds are found by person, the chains are checked', async ({ visit }) => {
	const { page } = await visit('review')
	await become(page, await officer('sj01'))
	await page.goto('/')
	await expect(page.getByRole('heading', { name: '审计日志' })).toBeVisible()
	await page.getByLabel('人员', { exact: true }).fill('sj01')
	await button(page, '查询').click()
	await expect(page.getByRole('row').nth(1)).toContainText('sj01')
	await look(page, 'audit')
	const file = page.waitForEvent('download')
	await button(page, '导出').click()
	expect((await file).suggestedFilename()).toMatch(/xlsx$/)
	await link(page, '完整性校验').click()
	await button(page, '立即校验').click()
	await expect(page.locator('.j-tag--ok').first()).toContainText('完整', { timeout: 60_000 })
	await look(page, 'audit-checks')
})
