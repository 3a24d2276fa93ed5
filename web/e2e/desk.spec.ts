/* The officers' desk: 批注 and what they reopen, batches, filters that are kept, keys. */
import { button, choose, expect, field, fill, link, test, upload } from './person'
import { atDesk, pin, sendBack } from './pins'
import { become, filed, officerOf, operatorOf } from './ready'

const words = { apply: 'application', accept: 'acceptance' }

test('批注: drafted, kept over a reload, sent; only they are reopened; the next round shows the difference', async ({
	visit,
}) => {
	const who = await operatorOf('hospital')
	const number = await filed(who, 'auth')
	const officer = (await visit('review')).page
	await atDesk(officer, number)
	await pin(officer, '申请函', '第二页没有盖章', '2')
	await pin(officer, '定点医药机构联系电话', '电话无人接听')
	await choose(officer, 'decision', 'event', 'reject')
	await fill(officer, 'decision', { remark: '请按批注修改' })
	await expect(officer.getByText(/草稿已于 \d\d:\d\d 保存/)).toBeVisible()
	await officer.reload()
	await expect(officer.getByText('第二页没有盖章').first()).toBeVisible()
	await expect(field(officer, 'decision', 'remark')).toHaveValue('请按批注修改')
	await officer.getByRole('button', { name: '查看此处' }).first().click()
	await expect(officer.locator('.j-preview__frame')).toHaveAttribute('src', /#page=2&/)
	await sendBack(officer)

	const { page } = await visit('public')
	await become(page, who.client)
	await page.goto(`/applications/${number}`)
	await expect(page.getByText('第二页没有盖章').first()).toBeVisible()
	await link(page, '修改并重新提交').click()
	await expect(page.getByText('有 2 条批注，标在需要修改的内容旁边')).toBeVisible()
	await expect(page.getByText('批注（第 2 页）：')).toBeVisible()
	await expect(field(page, words.apply, 'contact_phone')).toBeEditable()
	await expect(page.locator('input[id="application-contact_name"]')).toHaveCount(0)
	await expect(page.locator('input[id="application-agreement"]')).toHaveCount(0)
	await expect(page.getByText('（已审核，保持不变）').first()).toBeVisible()
	await fill(page, words.apply, { contact_phone: '13800138000' })
	await upload(page, words.apply, 'application_letter', '申请方案.pdf')
	await button(page, '提交').click()
	await page.getByLabel('我已核对以上信息，确认材料真实有效').check()
	await button(page, '确认提交申请').click()
	await expect(page.getByRole('heading', { name: '申请已提交' }).last()).toBeVisible()

	await officer.goto('/')
	await officer.goto(`/applications/${number}`)
	await expect(officer.getByText('修改了 2 项：')).toBeVisible()
	await expect(officer.getByText('上轮批注（第 2 页）：')).toBeVisible()
	await expect(officer.getByText(/^指纹/).first()).toBeAttached()
	await expect(officer.getByText('与上一轮不同，原为：')).toHaveCount(2)
	await choose(officer, 'decision', 'event', 'pass')
	await button(officer, '提交审核结论').click()
	await button(officer, '确认审核通过').click()
	await expect(officer.getByRole('heading', { name: '已审核通过' })).toBeVisible()
})

test('a decision waits for the draft that is on its way, and none goes out behind it', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const number = await filed(who, 'mixed')
	const officer = (await visit('review')).page
	await atDesk(officer, number)
	const sent: string[] = []
	await officer.route(`**/applications/${number}/{draft,decision}`, async (route) => {
		const what = new URL(route.request().url()).pathname.split('/').pop() ?? ''
		sent.push(what)
		if (what === 'draft') await new Promise((done) => setTimeout(done, 800))
		const answer = await route.fetch()
		sent.push(`${what} ${answer.status()}`)
		await route.fulfill({ response: answer })
	})
	await choose(officer, 'decision', 'event', 'pass')
	await fill(officer, 'decision', { remark: '材料齐全' })
	await expect.poll(() => sent).toContain('draft')
	await fill(officer, 'decision', { remark: '材料齐全，同意' })
	await button(officer, '提交审核结论').click()
	await button(officer, '确认审核通过').click()
	await expect(officer.getByRole('heading', { name: '已审核通过' })).toBeVisible()
	await officer.waitForTimeout(1500) /* longer than the pause before a draft is saved */
	expect(sent).toEqual(['draft', 'draft 204', 'decision', 'decision 200'])
})

test('a colleague was first: who, what and when', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const number = await filed(who, 'mixed')
	const { page: officer, complaints } = await visit('review')
	await atDesk(officer, number)
	const colleague = await officerOf('colleague')
	const { version } = await colleague.get(`applications/${number}`)
	await colleague.post(`applications/${number}/decision`, { version, event: 'pass' })
	await choose(officer, 'decision', 'event', 'reject')
	await fill(officer, 'decision', { remark: '材料不全' })
	await button(officer, '提交审核结论').click()
	await button(officer, '确认审核驳回').click()
	await expect(officer.getByText(/已由广州市医疗保障局区颖欣于 .* 审核通过/).first()).toBeVisible()
	await button(officer, '刷新，查看最新进度').click()
	await expect(officer.getByText('当前不在本级审核，只能查看。')).toBeVisible()
	expect(complaints.splice(0).every((text) => text.includes('status of 409'))).toBe(true)
})

test('批量办理: what could be decided and why the rest could not', async ({ visit }) => {
	const people = await Promise.all([1, 2, 3].map(() => operatorOf('hospital')))
	const numbers: string[] = []
	for (const who of people) numbers.push(await filed(who, 'mixed'))
	const officer = (await visit('review')).page
	await become(officer, await officerOf('local'))
	await officer.goto('/')
	await officer.getByLabel('每页').selectOption('100')
	for (const who of people) await officer.getByLabel(`选择${who.institution!.name}`, { exact: true }).check()
	await expect(officer.getByText('已选 3 件')).toBeVisible()
	const colleague = await officerOf('colleague')
	const { version } = await colleague.get(`applications/${numbers[1]}`)
	await colleague.post(`applications/${numbers[1]}/decision`, { version, event: 'reject', remark: '材料不全' })
	await button(officer, '批量办理').click()
	await button(officer, '下一步').click()
	await expect(officer.getByText('请选择通过或驳回').first()).toBeVisible()
	await choose(officer, 'batch', 'event', 'pass')
	await fill(officer, 'batch', { remark: '同意' })
	await button(officer, '下一步').click()
	await button(officer, '确认审核通过').click()
	await expect(officer.getByRole('heading', { name: '批量办理结果：成功 2 件，未办理 1 件' })).toBeVisible()
	const failed = officer.getByRole('row').filter({ hasText: '未办理' })
	await expect(failed).toContainText(people[1]!.institution!.name)
	await expect(failed).toContainText('区颖欣')
	await expect(officer.getByRole('row').filter({ hasText: '已办理' })).toHaveCount(2)
	await expect(officer.getByLabel(`选择${people[0]!.institution!.name}`, { exact: true })).toHaveCount(0)
})

test('常用筛选, 常用意见, keys', async ({ visit }) => {
	const who = await operatorOf('pharmacy')
	const number = await filed(who, 'mixed')
	const officer = (await visit('review')).page
	await become(officer, await officerOf('local'))
	await officer.goto('/')
	await officer.getByLabel('机构类型').selectOption('pharmacy')
	await officer.getByLabel('阶段').selectOption('apply')
	await button(officer, '查询').click()
	await button(officer, '保存为常用筛选').click()
	await officer.locator('[id="saved_filter-name"]').fill('药店')
	await button(officer, '保存').click()
	await officer.goto('/')
	await link(officer, '药店').click()
	await expect(officer).toHaveURL(/kind=pharmacy/)
	await officer.getByRole('button', { name: /删除常用筛选：药店/ }).click()
	await expect(link(officer, '药店')).toHaveCount(0)

	await officer.goto('/opinions')
	await button(officer, '新增常用意见').click()
	await fill(officer, 'opinion_template', {
		event: 'reject',
		title: `缺章${number.slice(0, 4)}`,
		text: '申请函未加盖公章',
	})
	await button(officer, '保存').click()
	await expect(officer.getByRole('row').filter({ hasText: `缺章${number.slice(0, 4)}` })).toBeVisible()

	await atDesk(officer, number)
	await officer.keyboard.press('?')
	await expect(officer.getByRole('dialog')).toContainText('驳回：选中并填写意见')
	await officer.keyboard.press('Escape')
	await officer.keyboard.press('r')
	await expect(officer.locator('[id="decision-remark"]')).toBeFocused()
	await officer.getByLabel('常用意见', { exact: true }).selectOption({ label: `缺章${number.slice(0, 4)}` })
	await expect(field(officer, 'decision', 'remark')).toHaveValue('申请函未加盖公章')
	await officer.locator('h1').click()
	await officer.keyboard.press('s')
	await expect(officer.getByRole('dialog')).toContainText('确认审核驳回')
	await button(officer, '返回').click()
	await officer.goto('/opinions')
	await officer.getByRole('button', { name: new RegExp(`^删除\\s*：缺章${number.slice(0, 4)}`) }).click()
	await button(officer, '确认删除').click()
	await expect(officer.getByRole('row').filter({ hasText: `缺章${number.slice(0, 4)}` })).toHaveCount(0)
})

test('工作日历: changed by the nation, read by all', async ({ visit }) => {
	const nation = (await visit('review')).page
	await become(nation, await officerOf('nation'))
	await nation.goto('/calendar')
	await expect(nation.getByRole('row').filter({ hasText: '2026-10-01' })).toContainText('放假')
	await button(nation, '新增日期').click()
	await nation.locator('[id="calendar_day-day"]').fill('2026-12-31')
	await nation.locator('[id="calendar_day-name"]').fill('测试假日')
	await button(nation, '保存').click()
	await expect(nation.getByRole('row').filter({ hasText: '2026-12-31' })).toContainText('放假')
	await nation.getByRole('button', { name: /^恢复\s*为普通日期\s*2026-12-31$/ }).click()
	await button(nation, '确认恢复').click()
	await expect(nation.getByRole('row').filter({ hasText: '2026-12-31' })).toHaveCount(0)
	const local = (await visit('review')).page
	await become(local, await officerOf('local'))
	await local.goto('/calendar')
	await expect(local.getByText('由国家医疗保障局维护')).toBeVisible()
	await expect(button(local, '新增日期')).toHaveCount(0)
})
