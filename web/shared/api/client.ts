/*
 * The one place that talks HTTP. Every refusal becomes a Problem with a Chinese text fit for the
 * page; an expired session is mended by the hook `signIn` (a dialog) and the request is sent again,
 * so what was typed is never lost.
 */
export interface FieldError {
	field: string
	text: string
}

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

interface Options {
	body?: unknown
	/* Idempotency-Key of one intention; the caller keeps it until the deed is done. */
	key?: string
	/* 401 is an answer here, not an expired session (the login forms). */
	login?: boolean
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
	let body: { title?: string; detail?: string; code?: string; errors?: FieldError[]; request?: string } = {}
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

type Extra = Omit<Options, 'body'>

export const api = {
	get: <T>(path: string) => send<T>('GET', path),
	/* A file, or what is said instead of one. */
	file: <T>(path: string) => send<Blob | T>('GET', path, { file: true }),
	post: <T = void>(path: string, body: unknown = {}, extra: Extra = {}) => send<T>('POST', path, { body, ...extra }),
	/* The file itself as the body. */
	sendFile: <T>(path: string, raw: Blob) => send<T>('POST', path, { raw }),
	put: <T = void>(path: string, body: unknown = {}, extra: Extra = {}) => send<T>('PUT', path, { body, ...extra }),
	remove: <T = void>(path: string, extra: Extra = {}) => send<T>('DELETE', path, extra),
}
