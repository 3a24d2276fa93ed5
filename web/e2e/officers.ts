/* The three desks, each with its own browser, signed in once. */
import { type Page } from '@playwright/test'
import { OFFICERS } from '../../tests/http/people.mjs'
import { button, choose, expect, field, fill, signIn, test, type Person } from './person'

export type Desk = 'local' | 'province' | 'nation'
export type Officers = Record<Desk, Page>
const PASSWORD = process.env.OFFICER_PASSWORD ?? 'Shenhe-2026'

export async function seatOfficers(visit: (site: 'review') => Promise<Person>): Promise<Officers> {
	const seats = {} as Officers
	for (const desk of ['local', 'province', 'nation'] as const) {
		const { page } = await visit('review')
		await page.goto('/login')
		await signIn(page, 'login_officer', { account: OFFICERS[desk], password: PASSWORD })
		await expect(page.getByRole('heading', { name: '待审核' })).toBeVisible()
		seats[desk] = page
	}
	return seats
}

const words: Record<Desk, Record<'pass' | 'reject', string>> = {
	local: { pass: '审核通过', reject: '审核驳回' },
	province: { pass: '备案通过', reject: '备案驳回' },
	nation: { pass: '备案通过', reject: '备案驳回' },
}

export async function decide(
	officers: Officers,
	desk: Desk,
	institution: string,
	event: 'pass' | 'reject',
	remark = '',
): Promise<void> {
	await test.step(`${desk} ${event}`, async () => {
		const page = officers[desk]
		/* what others left waiting may fill more than a page */
		await page.goto(`/?by=institution&search=${encodeURIComponent(institution)}`)
		await page.getByRole('link', { name: new RegExp(`^审核\\s*${institution}$`) }).click()
		await expect(page.getByRole('heading', { name: '材料预览' })).toBeVisible()
		await choose(page, 'decision', 'event', event)
		if (remark) await fill(page, 'decision', { remark })
		if (desk === 'nation' && event === 'pass') await field(page, 'decision', 'security_checked').check()
		await button(page, '提交审核结论').click()
		await button(page, `确认${words[desk][event]}`).click()
		await expect(page.getByRole('heading', { name: `已${words[desk][event]}` })).toBeVisible()
	})
}

export async function passAll(officers: Officers, institution: string): Promise<void> {
	await decide(officers, 'local', institution, 'pass', '同意')
	await decide(officers, 'province', institution, 'pass')
	await decide(officers, 'nation', institution, 'pass')
}
