/* People and applications made through the API, for tests that are about something later. */
import { type Page } from '@playwright/test'
import { submitted } from '../../tests/http/cases.mjs'
import { officer, OFFICERS, passChain, readyOperator } from '../../tests/http/people.mjs'
import { SAMPLES } from './person'

type Ready = Awaited<ReturnType<typeof readyOperator>>

export const operatorOf = (kind: 'hospital' | 'pharmacy', regions?: string[]): Promise<Ready> =>
	readyOperator(kind, SAMPLES, regions)

/* The browser takes over a session that was begun through the API. */
export async function become(page: Page, client: Ready['client']): Promise<void> {
	const cookies = [...client.cookies].map(([name, value]) => ({ name, value: String(value), url: client.base }))
	await page.context().addCookies(cookies)
}

export const filed = (who: Ready, business: 'auth' | 'mixed'): Promise<string> =>
	submitted(who, who.institution!.code.startsWith('P') ? 'pharmacy' : 'hospital', business)

export async function passed(number: string): Promise<void> {
	const officers: Record<string, unknown> = {}
	for (const [desk, account] of Object.entries(OFFICERS)) officers[desk] = await officer(account)
	await passChain(officers, number)
}

export const officerOf = (desk: keyof typeof OFFICERS) => officer(OFFICERS[desk])
