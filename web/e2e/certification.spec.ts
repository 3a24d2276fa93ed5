/* 人工认证 from the unit's wish to the officer's answer and back; 常用意见 kept by one and used by another. */
import { Client, sql } from '../../tests/http/client.mjs'
import { licence } from '../../tests/http/licence.mjs'
import { certify, register, uscc } from '../../tests/http/people.mjs'
import { faults } from './faults'
import { become, filed, officerOf, shared } from './ready'
import { button, choose, expect, field, fill, link, settled, test, upload } from './person'

test('人工认证: what differs is seen, refused with a reason, tried again, confirmed; answered once', async ({
	visit,
}) => {
	const { unit } = await register('hospital', uscc())
	const client = new Client()
	await client.loginUnit(unit.account, unit.password)
	const { page } = await visit('public')
	await become(page, client)
	await page.goto('/unit/certification')
	await upload(page, 'certification', 'business_licence', licence(unit))
	await button(page, '认证').click()
	await expect(page.getByText('人工认证中').first()).toBeVisible()
	await expect(page.getByText(/目录中没有本单位的统一社会信用代码/)).toBeVisible()

	const { page: desk, complaints } = await visit('review')
	await become(desk, await officerOf('local'))
	const second = await desk.context().newPage()
	const open = async (on: typeof desk) => {
		await on.goto('/certifications')
		await on.getByRole('link', { name: new RegExp(`^核实\\s*${unit.name}$`) }).click()
		await expect(on.getByRole('heading', { name: '核实结论' })).toBeVisible()
	}
	await open(desk)
	await open(second)
	await expect(desk.getByText(unit.legal_id_no)).toHaveCount(0)
	await expect(desk.getByRole('row').filter({ hasText: '单位名称' })).toContainText('未能核对')
	await desk.getByText('证照识别的文字').click()
	await expect(desk.locator('.j-lines')).toContainText(unit.uscc)
	await button(desk, '提交').click()
	await expect(desk.locator('.j-summary')).toContainText('请选择核实结论')
	await choose(desk, 'confirmation', 'event', 'reject')
	await button(desk, '提交').click()
	await expect(field(desk, 'confirmation', 'remark')).toHaveAttribute('aria-invalid', 'true')
	await fill(desk, 'confirmation', { remark: '营业执照与目录不符，请更换后重新申请' })
	expect(await faults(desk, '核实')).toEqual([])
	await button(desk, '提交').dblclick()
	await expect(desk.getByRole('heading', { name: '已答复不予认证' })).toBeVisible()
	/* the window that was opened before is told, and what was typed there stays */
	await choose(second, 'confirmation', 'event', 'pass')
	await fill(second, 'confirmation', { until: '2099-12-31' })
	await button(second, '提交').click()
	await expect(second.locator('.j-summary')).toBeVisible()
	await expect(field(second, 'confirmation', 'until')).toHaveValue('2099-12-31')

	await page.reload()
	await expect(page.getByText(/营业执照与目录不符，请更换后重新申请/)).toBeVisible()
	await certify(client, unit)
	await open(desk)
	await choose(desk, 'confirmation', 'event', 'pass')
	await fill(desk, 'confirmation', { until: '2099-12-31' })
	await button(desk, '提交').click()
	await expect(desk.getByRole('heading', { name: '已确认认证' })).toBeVisible()
	await link(desk, '返回待核实').click()
	await expect(desk.getByText(unit.name)).toHaveCount(0)
	await link(desk, '已答复').click()
	await expect(desk.getByRole('row').filter({ hasText: unit.name })).toContainText('已认证')
	await page.reload()
	await expect(page.getByText('有效期至 2099-12-31')).toBeVisible()
	complaints.splice(0)
})

test('常用意见: kept by one officer, used by a colleague, not another bureau’s to change; taken over into what is written', async ({
	visit,
}) => {
	test.skip(!process.env.LONG, 'desk.spec.ts has the short of it')
	sql("DELETE FROM opinion_template WHERE title LIKE '走查%'")
	const { page: desk } = await visit('review')
	await become(desk, await officerOf('local'))
	await desk.goto('/opinions')
	await button(desk, '新增常用意见').click()
	await button(desk, '保存').click()
	await expect(desk.getByRole('dialog').locator('.j-summary')).toContainText('请填写标题')
	await fill(desk, 'opinion_template', {
		event: 'reject',
		title: '走查未盖章',
		text: '申请函未加盖单位公章，请补盖后重新上传。',
	})
	await button(desk, '保存').dblclick()
	await expect(desk.getByRole('dialog')).toHaveCount(0)
	await expect(desk.getByRole('row').filter({ hasText: '走查未盖章' })).toHaveCount(1)
	const number = await filed(await shared('hospital'), 'mixed')
	const { page: colleague } = await visit('review')
	await become(colleague, await officerOf('colleague'))
	await colleague.goto(`/applications/${number}`)
	await choose(colleague, 'decision', 'event', 'reject')
	await colleague.getByLabel('常用意见').selectOption({ label: '走查未盖章' })
	await expect(field(colleague, 'decision', 'remark')).toHaveValue(/申请函未加盖单位公章，请补盖后重新上传。$/)
	const { page: province } = await visit('review')
	await become(province, await officerOf('province'))
	await province.goto('/opinions')
	await settled(province)
	await expect(province.getByText('走查未盖章')).toHaveCount(0)
	await desk.getByRole('button', { name: /^删除\s*：走查未盖章$/ }).click()
	await button(desk, '确认删除').dblclick()
	await expect(desk.getByText('走查未盖章')).toHaveCount(0)
	await expect(desk.getByRole('alert')).toHaveCount(0)
})
