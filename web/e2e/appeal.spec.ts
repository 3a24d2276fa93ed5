/* 申诉 from the registration page to the bureau’s answer; a certification that is taken back after a 抽查. */
import { readFileSync } from 'node:fs'
import { messages, until } from '../../tests/http/client.mjs'
import { licence } from '../../tests/http/licence.mjs'
import { institutions, phone, register } from '../../tests/http/people.mjs'
import { faults } from './faults'
import { become, officerOf, operatorOf } from './ready'
import { askSms, button, choose, expect, field, fill, link, test } from './person'

test('申诉: a code that somebody else registered is taken from him by the bureau', async ({ visit }) => {
	const row = institutions('hospital')[0]!
	await register('pharmacy', row.uscc, { name: '张三的小卖部' })
	const { page, complaints } = await visit('public')
	await page.goto('/register')
	await fill(page, 'register_unit', { uscc: row.uscc })
	await link(page, '代码被他人注册，去申诉').click()
	await expect(field(page, 'appeal', 'uscc')).toHaveValue(row.uscc)
	await button(page, '提交申诉').click()
	await expect(page.locator('.j-summary')).toContainText('请选择营业执照文件')
	const to = phone()
	await fill(page, 'appeal', { contact: '孙申诉', statement: '该代码是我院的，账号不是我院注册的', phone: to })
	await askSms(page, 'appeal', to)
	/* a file that is no licence is refused, and what was said before is not asked again */
	await page
		.locator('#appeal-file')
		.setInputFiles({ name: '执照.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ no PDF') })
	expect(await faults(page, '申诉')).toEqual([])
	await button(page, '提交申诉').click()
	await expect(page.getByText('申诉信息已保存')).toBeVisible()
	/* the browser's own, of the file that was refused */
	await expect.poll(() => complaints.splice(0).length).toBe(1)
	await page
		.locator('#appeal-file')
		.setInputFiles({ name: '执照.pdf', mimeType: 'application/pdf', buffer: readFileSync(licence(row)) })
	await button(page, '提交申诉').dblclick()
	await expect(page.getByRole('heading', { name: '申诉已提交' })).toBeVisible()
	await expect(page.getByText('由 广州市医疗保障局 核实')).toBeVisible()

	const { page: desk } = await visit('review')
	await become(desk, await officerOf('local'))
	await desk.goto('/certifications')
	await link(desk, '申诉').click()
	await desk.getByRole('link', { name: new RegExp(`^核实\\s*${row.name}$`) }).click()
	await expect(desk.getByText('张三的小卖部')).toBeVisible()
	await expect(desk.getByText(to)).toBeVisible()
	expect(await faults(desk, '申诉核实')).toEqual([])
	await choose(desk, 'ruling', 'event', 'dismiss')
	await button(desk, '提交').click()
	await expect(field(desk, 'ruling', 'ground')).toBeVisible()
	await choose(desk, 'ruling', 'event', 'release')
	await button(desk, '提交').dblclick()
	await expect(desk.getByRole('heading', { name: '申诉成立，原账号已停用' })).toBeVisible()
	await until(() => messages(to).some((text: string) => text.includes('重新注册')))
	await link(desk, '返回申诉').click()
	await link(desk, '已答复的申诉').click()
	await expect(desk.getByRole('row').filter({ hasText: row.name })).toContainText('申诉成立')
})

test('抽查: a certified unit is found, and its certification taken back with a reason', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const { page: desk } = await visit('review')
	await become(desk, await officerOf('local'))
	await desk.goto('/units')
	await desk.getByLabel('单位名称或代码的开头').fill(who.unit.uscc)
	await button(desk, '查询').click()
	await desk.getByRole('link', { name: new RegExp(`^抽查\\s*${who.unit.name}$`) }).click()
	await expect(desk.getByRole('row').filter({ hasText: '医保区划' })).toContainText('一致')
	expect(await faults(desk, '抽查')).toEqual([])
	await button(desk, '撤销认证').click()
	await button(desk, '确认撤销').click()
	await expect(field(desk, 'certification_revocation', 'remark')).toHaveAttribute('aria-invalid', 'true')
	await fill(desk, 'certification_revocation', { remark: '抽查发现执照不符' })
	await button(desk, '确认撤销').dblclick()
	await expect(desk.getByText('已撤销认证，单位和它的经办人已收到站内消息。')).toBeVisible()

	const { page } = await visit('public')
	await become(page, who.unitClient)
	await page.goto('/unit/certification')
	await expect(page.getByText(/撤销认证：抽查发现执照不符/)).toBeVisible()
})
