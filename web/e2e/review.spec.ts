/* The bureaus' lists: narrowing, searching, taking from a colleague, going on to the next. */
import { readyOperator, officer } from '../../tests/http/people.mjs'
import { submitted } from '../../tests/http/cases.mjs'
import { seatOfficers } from './officers'
import { button, choose, expect, link, SAMPLES, test } from './person'

test('待审核: filter, search, 接手 and the next one', async ({ visit }) => {
	const first = await readyOperator('hospital', SAMPLES)
	const number: string = await submitted(first, 'hospital', 'mixed')
	const { local: page } = await seatOfficers(visit)
	const colleague = await officer('gz02')
	await colleague.put(`applications/${number}/claim`, {})

	await page.getByLabel('搜索内容').fill(first.institution!.name)
	await button(page, '查询').click()
	const rows = page.getByRole('row').filter({ hasText: first.institution!.name })
	await expect(rows).toHaveCount(1)
	await expect(rows).toContainText('未读')
	await expect(rows).toContainText('区颖欣已领取')
	await page.getByLabel('机构类型').selectOption('pharmacy')
	await button(page, '查询').click()
	await expect(page.getByText('没有符合条件的申请单')).toBeVisible()
	await page.goBack()
	await expect(rows).toHaveCount(1)

	await page.getByRole('link', { name: new RegExp(`^审核\\s*${first.institution!.name}$`) }).click()
	await expect(page.getByText('区颖欣已于')).toBeVisible()
	await expect(page.getByRole('button', { name: '提交审核结论' })).toHaveCount(0)
	await button(page, '接手').click()
	await expect(page.getByText('请填写接手原因').first()).toBeVisible()
	await page.getByRole('textbox', { name: '接手原因' }).fill('同事休假')
	await button(page, '接手').click()
	await expect(button(page, '放回待审核')).toBeVisible()

	const second = await readyOperator('hospital', SAMPLES)
	await submitted(second, 'hospital', 'mixed')
	await choose(page, 'decision', 'event', 'pass')
	await button(page, '提交审核结论').click()
	await button(page, '确认审核通过').click()
	await link(page, '审核下一件').click()
	await expect(page.getByRole('heading', { name: '审核意见' })).toBeVisible()
	await expect(page).not.toHaveURL(new RegExp(number))
})
