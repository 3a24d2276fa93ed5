/* The detail page: who has it, how long that usually takes, and what changed between rounds. */
import { detail } from '../../tests/http/cases.mjs'
import { sql } from '../../tests/http/client.mjs'
import { decide } from '../../tests/http/people.mjs'
import { become, filed, officerOf, operatorOf } from './ready'
import { expect, SAMPLES, test } from './person'

test('详情 says who has it since when, what is usual, and what changed at the second 提交', async ({ visit }) => {
	sql(`REPLACE INTO desk_duration (phase, desk, decisions, median_days, ninetieth_days, computed_at)
		SELECT phase, 1, 40, 2, 5, UNIX_TIMESTAMP() FROM (SELECT 1 AS phase UNION SELECT 2) p`)
	const who = await operatorOf('hospital')
	const number = await filed(who, 'mixed')
	const { page } = await visit('public')
	await become(page, who.client)
	await page.goto(`/applications/${number}`)
	await expect(
		page.getByText(/当前由广州市医疗保障局办理，自 \d{4}-\d\d-\d\d \d\d:\d\d 起，已等待不到 1 小时/),
	).toBeVisible()
	await expect(page.getByText('通常 2 个工作日内完成，九成在 5 个工作日内')).toBeVisible()
	await expect(page.getByRole('heading', { name: '修改记录' })).toHaveCount(0)

	await decide(await officerOf('local'), number, 'reject', '申请函没有盖章')
	const before = await detail(who, number)
	const files = Object.fromEntries(
		Object.entries(before.files).map(([name, file]) => [name, (file as { id: string }).id]),
	)
	const letter = await who.client.upload('application_letter', `${SAMPLES}/定点机构协议.pdf`, '申请函（已盖章）.pdf')
	const { version } = await who.client.put(`applications/${number}`, {
		...before.answers,
		...files,
		application_letter: letter,
		remark: '已补盖公章',
		version: before.version,
	})
	await who.client.post(`applications/${number}/submission`, { version })
	await page.reload()
	const table = page.getByRole('table', { name: /重新提交修改了什么$/ })
	await expect(table.getByRole('row')).toHaveCount(3)
	await expect(table.getByRole('row').filter({ hasText: '备注' })).toContainText('改过一次')
	await expect(table.getByRole('row').filter({ hasText: '备注' })).toContainText('已补盖公章')
	await expect(table.getByRole('row').filter({ hasText: '申请函' })).toContainText('申请函（已盖章）.pdf')
})
