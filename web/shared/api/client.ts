/*
 * The one place that talks HTTP. Every refusal becomes a Problem with a Chinese text fit for the
 * page; an expired session is mended by the hook `signIn` (a dialog) and the request is sent again,
 * so what was typed is never lost.
 */
import type { paths } from '@/generated/api'
import type { Answer } from './schemas'

export type FieldError = Answer<'problem'>['errors'][number]

export class Problem extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		title: string,
		readonly errors: FieldError[] = [],
		readonly request = '',
	) {
		super(title)
	}

	/* Nothing the person did: the service or the line is down. */
	get isOutage(): boolean {
		return this.status === 0 || this.status >= 500
	}
}

export interface Hooks {
	csrf(): string
	alive(): void
	signedIn(): boolean
	refresh(): Promise<void>
	signIn(): Promise<boolean>
}

interface Extra {
	/* Idempotency-Key of one intention; the caller keeps it until the deed is done. */
	key?: string
	/* 401 is an answer here, not an expired session (the login forms). */
	login?: boolean
}

interface Options extends Extra {
	body?: unknown
	/* What is sent is a file. */
	raw?: Blob
	/* The body of a 200 is a file. */
	file?: boolean
}

const WAIT_MS = 30_000
const root = typeof document === 'undefined' ? '' : new URL('api/v1/', document.baseURI).href
let hooks: Hooks | null = null

export function useHooks(given: Hooks): void {
	hooks = given
}

export function apiUrl(path: string): string {
	return root + path
}

/* 24 random bytes; randomUUID() needs https, an intranet may not have it. */
export function newKey(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(24))
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/* No answer came. */
export function lineDown(): Problem {
	return new Problem(0, 'NETWORK', '网络连接失败，请检查网络后重试')
}

export function toProblem(error: unknown): Problem {
	if (error instanceof Problem) return error
	return new Problem(0, 'SCRIPT', '页面出错，请刷新后重试。已保存的内容不会丢失')
}

export function problemOf(status: number, text: string): Problem {
	let body: Partial<Answer<'problem'>> = {}
	try {
		body = JSON.parse(text) ?? {}
	} catch {
		/* a page of the web server, not an answer of ours */
	}
	const fallback = status >= 500 ? '系统暂时无法使用，请稍后再试' : '请求没有成功，请稍后再试'
	const title = body.detail || body.title || fallback
	return new Problem(status, body.code ?? '', title, body.errors ?? [], body.request ?? '')
}

async function once<T>(method: string, path: string, options: Options): Promise<T> {
	const headers: Record<string, string> = { Accept: 'application/json' }
	if (options.body !== undefined) headers['Content-Type'] = 'application/json'
	if (options.raw) headers['Content-Type'] = 'application/octet-stream'
	if (method !== 'GET') headers['X-CSRF-Token'] = hooks?.csrf() ?? ''
	if (options.key) headers['Idempotency-Key'] = options.key
	const abort = new AbortController()
	const timer = setTimeout(() => abort.abort(), WAIT_MS)
	let answer: Response
	let text = ''
	let file: Blob | null = null
	try {
		answer = await fetch(apiUrl(path), {
			method,
			headers,
			body: options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
			credentials: 'same-origin',
			cache: 'no-store',
			signal: abort.signal,
		})
		if (options.file && answer.status === 200) file = await answer.blob()
		else text = await answer.text()
	} catch {
		throw lineDown()
	} finally {
		clearTimeout(timer)
	}
	if (!answer.ok) throw problemOf(answer.status, text)
	hooks?.alive()
	if (file) return file as T
	return (text ? JSON.parse(text) : undefined) as T
}

async function send<T>(method: string, path: string, options: Options = {}): Promise<T> {
	try {
		return await once<T>(method, path, options)
	} catch (error) {
		if (!(error instanceof Problem) || !hooks) throw error
		if (error.code === 'CSRF') {
			await hooks.refresh()
			return once<T>(method, path, options)
		}
		if (error.status !== 401 || options.login || !hooks.signedIn()) throw error
		if (!(await hooks.signIn())) throw error
		return once<T>(method, path, options)
	}
}

/*
 * What can be asked, as the OpenAPI documents have it: the paths below /api/v1 that know a method, what
 * their braces name, what is sent and what comes back.
 */
type Method = 'get' | 'post' | 'put' | 'delete'
type Operation<P extends string, M extends Method> = paths[`/api/v1/${P}` & keyof paths][M]
type Below<Full> = Full extends `/api/v1/${infer P}` ? P : never
export type Path<M extends Method> = {
	[Full in keyof paths]: paths[Full][M] extends { responses: unknown } ? Below<Full> : never
}[keyof paths]
type Keys<P extends string> = P extends `${string}{${infer Key}}${infer Rest}` ? Key | Keys<Rest> : never
type Json<Part> = Part extends { content: { 'application/json': infer Body } } ? Body : never
type Answered<P extends string, M extends Method> =
	Operation<P, M> extends { responses: { '2XX': infer Done } } ? Json<Done> : never
type Gain<P extends string, M extends Method> = [Answered<P, M>] extends [never] ? void : Answered<P, M>
type Body<P extends string, M extends Method> = Operation<P, M> extends { requestBody: infer Sent } ? Json<Sent> : never

type Named<P extends string> = Record<Keys<P>, string | number>
/* What the path does not name goes into the query, by the names it knows; what is empty is left out. */
type Words = Record<string, string | number | undefined>
type Known<P extends string, M extends Method> =
	Operation<P, M> extends { parameters: { query?: infer Asked } }
		? [NonNullable<Asked>] extends [never]
			? never
			: keyof NonNullable<Asked>
		: never
type Query<P extends string, M extends Method> = { [Name in Known<P, M>]?: string | number }
type Asked<P extends string> = [Keys<P>] extends [never]
	? [query?: Query<P, 'get'>]
	: [named: Named<P> & Query<P, 'get'>]
type Given<P extends string, M extends Method> = [
	...([Keys<P>] extends [never] ? [] : [named: Named<P>]),
	...(M extends 'delete' ? [] : [Body<P, M>] extends [never] ? [body?: Record<string, never>] : [body: Body<P, M>]),
	extra?: Extra,
]

function addressOf(path: string, given: Words): string {
	const query = new URLSearchParams()
	let address = path
	for (const [name, value] of Object.entries(given)) {
		const text = String(value ?? '').trim()
		if (path.includes(`{${name}}`)) address = address.replace(`{${name}}`, encodeURIComponent(text))
		else if (text) query.set(name, text)
	}
	const asked = query.toString()
	return asked ? `${address}?${asked}` : address
}

/* What is done: a path with braces is followed by what they name, then by the body. */
function deed<M extends Method>(method: M) {
	return <P extends Path<M>>(path: P, ...given: Given<P, M>) => {
		const rest: unknown[] = [...given]
		const address = addressOf(path, path.includes('{') ? (rest.shift() as Words) : {})
		const body = method === 'delete' ? undefined : (rest.shift() ?? {})
		const [extra] = rest as [Extra?]
		return send<Gain<P, M>>(method.toUpperCase(), address, { body, ...extra })
	}
}

export const api = {
	get: <P extends Path<'get'>>(path: P, ...[asked]: Asked<P>) =>
		send<Gain<P, 'get'>>('GET', addressOf(path, asked ?? {})),
	/* A file, or what is said instead of one. */
	file: <P extends Path<'get'>>(path: P, ...[asked]: Asked<P>) =>
		send<Blob | Answered<P, 'get'>>('GET', addressOf(path, asked ?? {}), { file: true }),
	/* The file itself as the body. */
	sendFile: <P extends Path<'post'>>(path: P, asked: Named<P> & Query<P, 'post'>, raw: Blob) =>
		send<Gain<P, 'post'>>('POST', addressOf(path, asked), { raw }),
	post: deed('post'),
	put: deed('put'),
	remove: deed('delete'),
}
