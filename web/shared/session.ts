/* Who is signed in, as the server says it; one reactive object for both sites. */
import { reactive, ref } from 'vue'
import { api, Problem, useHooks } from './api/client'
import { applyDictionaries } from './rules'
import type { Answer } from './api/schemas'

const nobody: Answer<'session'> = {
	kind: 'none',
	csrf: '',
	idle_seconds: 0,
	absolute_seconds: 0,
	must_change_password: false,
	user: null,
	role: null,
	second_factor: null,
	last_login: null,
	unit: null,
	institution: null,
	grants: [],
	bureau: null,
	unread: 0,
	invitations: 0,
}

export const session = reactive<Answer<'session'>>({ ...nobody })
export const site = ref<Answer<'site'>>({})
/* Milliseconds of the last answer; idle time counts from here. */
export const lastAnswer = ref(Date.now())
export const began = ref(Date.now())
/* Set while somebody is asked to sign in again over the page they were on. */
export const signingIn = ref<null | ((done: boolean) => void)>(null)

/* Whom a page was made for, person first: what another window may change under it. */
function identity({ kind, user, unit, institution, bureau }: Answer<'session'>): unknown[] {
	return [kind, user?.account ?? user?.phone, user?.name, bureau?.id, unit?.id, institution?.id]
}

/* Is `now` still who `before` was? What had not been chosen yet may be chosen by now. */
function isSame(before: Answer<'session'>, now: Answer<'session'>): boolean {
	const found = identity(now)
	return identity(before).every((part, at) => part === found[at] || (at >= 4 && part === undefined))
}

/* Somebody else, set when another window of this browser signed in as them or chose another unit. */
export const replaced = ref<Answer<'session'> | null>(null)
/* Written at each change of who is here; other windows hear of it. */
export const TURN_KEY = 'jieru.turn'
let known = false

function announce(): void {
	localStorage.setItem(TURN_KEY, String(Math.random()))
}

export function applySession(body: Answer<'session'>): void {
	if (body.kind !== session.kind || body.csrf !== session.csrf) began.value = Date.now()
	const turned = known && String(identity(body)) !== String(identity(session))
	known = true
	Object.assign(session, { second_factor: null, invitations: 0 }, body)
	if (turned) announce()
}

export async function loadSession(): Promise<void> {
	applySession(await api.get('session'))
}

export type Standing = 'same' | 'gone' | 'replaced'

/* Is whom the page was made for still here? Nothing of anybody else is let into the page. */
export async function checkSession(): Promise<Standing> {
	const body = await api.get('session')
	if (session.kind !== 'none' && body.kind === 'none') {
		session.csrf = body.csrf
		return 'gone'
	}
	if (session.kind !== 'none' && !isSame(session, body)) {
		replaced.value = body
		return 'replaced'
	}
	Object.assign(session, { second_factor: null, invitations: 0 }, body)
	return 'same'
}

/* For a request refused for its token: it is sent again only for the same person. */
async function refresh(): Promise<void> {
	if ((await checkSession()) === 'replaced')
		throw new Problem(409, 'REPLACED', '已在另一个窗口切换账号，本次操作没有提交，请刷新页面')
}

/* The choices of the forms; without an answer those the pages were built with. */
export async function loadDictionaries(): Promise<void> {
	try {
		applyDictionaries(await api.get('dictionaries'))
	} catch {
		/* the server judges what is sent anyway */
	}
}

const SITE_KEY = 'jieru.site'

/* The last known texts are kept so that the telephone number can be shown when nothing answers. */
export async function loadSite(): Promise<void> {
	try {
		site.value = await api.get('site')
		localStorage.setItem(SITE_KEY, JSON.stringify(site.value))
	} catch {
		try {
			site.value = JSON.parse(localStorage.getItem(SITE_KEY) ?? '{}')
		} catch {
			/* nothing kept */
		}
	}
}

function forgetUploads(): void {
	for (const key of Object.keys(localStorage)) if (key.startsWith('tus::')) localStorage.removeItem(key)
}

export async function signOut(): Promise<void> {
	try {
		await api.remove('session', { login: true })
	} catch (error) {
		if (!(error instanceof Problem) || error.status !== 401) throw error
	} finally {
		forgetUploads()
	}
	Object.assign(session, nobody)
	announce()
	await loadSession()
}

let asking: Promise<boolean> | null = null

export function askSignIn(): Promise<boolean> {
	asking ??= new Promise<boolean>((resolve) => {
		signingIn.value = (done) => {
			signingIn.value = null
			asking = null
			resolve(done)
		}
	})
	return asking
}

useHooks({
	csrf: () => session.csrf,
	alive: () => {
		lastAnswer.value = Date.now()
	},
	signedIn: () => session.kind !== 'none',
	refresh,
	signIn: askSignIn,
})
