/* 统计: figures of what was done, as tables and pictures, down to a city, and as a file. */
import { submitted } from '../../tests/http/cases.mjs'
import { sql, until } from '../../tests/http/client.mjs'
import { decide, officer, readyOperator } from '../../tests/http/people.mjs'
import { become } from './ready'
import { button, expect, link, SAMPLES, test } from './person'

test('统计: from the nation down to a city, by month and level', async ({ visit }) => {
	const who = await readyOperator('hospital', SAMPLES)
	const local = await officer('gz01')
	await decide(local, await submitted(who, 'hospital', 'mixed'), 'reject', '请补充材料')
	await until(() => sql('SELECT EXISTS (SELECT 1 FROM statistic_pending)')[0]![0] === '0', 30)

	const { page } = await visit('review')
	await become(page, await officer('gj01'))
	await page.goto('/')
	await link(page, '统计').click()
	await expect(page.getByRole('heading', { name: '统计', level: 1 })).toBeFocused()
	/* each picture says what it shows, and where the figures stand */
	const pictures = page.locator('main svg[role=img]')
	await expect(pictures).toHaveCount(3)
	for (const picture of await pictures.all()) {
		await expect(picture).toHaveAccessibleName(/提交|用时/)
		expect(await picture.locator('desc').textContent()).toMatch(/表。$/)
	}
	const rows = (name: string) => page.getByRole('table', { name }).getByRole('row')
	await expect(rows('各月')).toHaveCount(1 + 12)

	/* the largest first, then one region, then one below it */
	await page.getByRole('table', { name: '各区域' }).getByRole('button', { name: '提交' }).click()
	await expect(page.getByRole('columnheader', { name: '提交 ↓' })).toHaveAttribute('aria-sort', 'descending')
	await link(page.getByRole('table', { name: '各区域' }), '广东省').click()
	await expect(page).toHaveURL(/region=440000/)
	await link(page.getByRole('table', { name: '各区域' }), '广州市').click()
	await expect(page.getByText('广州市医疗保障局', { exact: true })).toBeVisible()
	await expect(page.getByRole('heading', { name: '各区域' })).toHaveCount(0)

	await page.getByLabel('审核层级').selectOption('local')
	await page.getByLabel('开始月份').selectOption({ index: 0 })
	await page.getByLabel('阶段').selectOption('apply')
	await button(page, '查询').click()
	await expect(rows('各月')).toHaveCount(1 + 1)
	const [month] = await rows('各月').nth(1).getByRole('cell').allTextContents()
	expect(month).toMatch(/年 \d+ 月/)
	const body = await (await officer('gj01')).get(`statistics${new URL(page.url()).search}`)
	await expect(rows('各月').nth(1)).toContainText(String(body.total.submitted))
	expect(body.total.desks.local.rejected).toBeGreaterThan(0)

	const download = page.waitForEvent('download')
	await button(page, '导出 Excel').click()
	expect((await download).suggestedFilename()).toMatch(/^统计-广州市医疗保障局-.*\.xlsx$/)
	await expect(page.getByText('已导出')).toBeVisible()
})
