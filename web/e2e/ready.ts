/* People and applications made through the API, for tests that are about something later. */
import { type Page } from '@playwright/test'
import { acceptanceForm, ready, submitted } from '../../tests/http/cases.mjs'
import { Client } from '../../tests/http/client.mjs'
import {
	decide,
	officer,
	OFFICERS,
	passChain,
	readyOperator,
	stepOne,
	unitForm,
	uscc,
} from '../../tests/http/people.mjs'
import { SAMPLES, settled } from './person'

type Ready = Awaited<ReturnType<typeof readyOperator>>

export const operatorOf = (kind: 'hospital' | 'pharmacy', regions?: string[]): Promise<Ready> =>
	readyOperator(kind, SAMPLES, regions)

/* One of each kind for all tests of a run, where what others did before does not matter. */
const known = new Map<string, Promise<Ready>>()

export function shared(kind: 'hospital' | 'pharmacy'): Promise<Ready> {
	const found = known.get(kind) ?? operatorOf(kind)
	known.set(kind, found)
	return found
}

/* The browser takes over a session that was begun through the API. */
export async function become(page: Page, client: Ready['client']): Promise<void> {
	const cookies = [...client.cookies].map(([name, value]) => ({ name, value: String(value), url: client.base }))
	await page.context().addCookies(cookies)
}

/* The page comes from step 1 of 单位注册, which was accepted. */
export async function afterStepOne(page: Page): Promise<void> {
	const client = new Client()
	await client.session()
	const { unit } = await stepOne(client, unitForm('hospital', uscc()))
	await page.addInitScript((sealed) => sessionStorage.setItem('jieru.register.accepted', sealed), unit)
}

/* A draft of somebody's own, open in the form. */
export async function openDraft(page: Page): Promise<{ who: Ready; number: string }> {
	const who = await operatorOf('hospital')
	const { number } = await who.client.create('applications', { business_type: 'mixed' })
	await become(page, who.client)
	await page.goto(`/applications/${number}/edit`)
	await settled(page)
	return { who, number }
}

export const filed = (who: Ready, business: 'auth' | 'mixed'): Promise<string> =>
	submitted(who, who.institution!.code.startsWith('P') ? 'pharmacy' : 'hospital', business)

/* A passed application's 验收单, filled and submitted once its test sheet is there. */
export async function accepting(who: Ready, number: string, business: 'auth' | 'mixed'): Promise<void> {
	const kind = who.institution!.code.startsWith('P') ? 'pharmacy' : 'hospital'
	const form = await acceptanceForm(who, kind, business)
	const before = await ready(who, number, 'test')
	const { version } = await who.client.put(`applications/${number}/acceptance`, { ...form, version: before.version })
	await who.client.post(`applications/${number}/acceptance/submission`, { version })
}

export async function passed(number: string): Promise<void> {
	const officers: Record<string, unknown> = {}
	for (const desk of ['local', 'province', 'nation'] as const) officers[desk] = await officerOf(desk)
	await passChain(officers, number)
}

/* Each officer signs in once. */
const seats = new Map<string, ReturnType<typeof officer>>()

const accounts = { ...OFFICERS, colleague: 'gz02' }
export function officerOf(desk: keyof typeof accounts): ReturnType<typeof officer> {
	const found = seats.get(desk) ?? officer(accounts[desk])
	seats.set(desk, found)
	return found
}

/* Sent back by the first desk. */
export async function rejected(number: string, remark: string): Promise<void> {
	await decide(await officerOf('local'), number, 'reject', remark)
}
