/*
 * One file on its way. It goes in pieces of 1 MiB (tus 1.0.0), so a cut line loses at most one; the
 * browser remembers where it was by user, draft and field, so a reload and the same file go on.
 */
import type { PreviousUpload, Upload } from 'tus-js-client'
import { onBeforeUnmount, reactive, ref } from 'vue'
import { apiUrl, problemOf } from '@/api/client'
import type { SlotSpec } from '@/rules'
import { askSignIn, session, signingIn } from '@/session'
import { isReadable, MOVED, refusal } from './refusal'
import type { ShownFile } from './useScan'

const CHUNK = 1048576
const RETRY_MS = [500, 1000, 3000, 5000]
const AGAIN_MS = 5000

export interface Sending {
	state: 'none' | 'sending' | 'paused' | 'refused'
	name: string
	sent: number
	size: number
	text: string
}

interface Answered {
	originalResponse?: { getStatus(): number; getBody(): string } | null
}

function statusOf(error: unknown): number {
	return (error as Answered).originalResponse?.getStatus() ?? 0
}

/* The line or the server, not the file: worth another try. */
function isPassing(status: number): boolean {
	return status === 0 || status === 409 || status === 423 || status === 429 || status >= 500
}

function refusalOf(error: unknown): string {
	const answer = (error as Answered).originalResponse
	if (!answer) return '上传没有成功，请重新选择文件'
	const problem = problemOf(answer.getStatus(), answer.getBody())
	return problem.errors[0]?.text ?? problem.message
}

function newest(previous: PreviousUpload[]): PreviousUpload | undefined {
	return [...previous].sort((a, b) => b.creationTime.localeCompare(a.creationTime))[0]
}

function keyOf(upload: Upload): string {
	return (upload.url ?? '').replace(/[?#].*$/, '').replace(/^.*\//, '')
}

interface Target {
	slotName: string
	slot: SlotSpec
	/* draft and field: the same file in two fields is two uploads */
	place: string
	done(file: ShownFile): void
}

export function useUpload(target: () => Target) {
	const status = reactive<Sending>({ state: 'none', name: '', sent: 0, size: 0, text: '' })
	const percent = ref(0)
	let running: Upload | null = null
	let again: ReturnType<typeof setTimeout> | undefined

	/* A file that cannot be read any more looks like a line that is down. */
	function mayRetry(error: unknown, file: File): boolean {
		const code = statusOf(error)
		if (code === 0)
			void isReadable(file).then((can) => {
				if (can || !running) return
				void running.abort()
				refuse(`“${file.name}”${MOVED}`)
			})
		return isPassing(code) && navigator.onLine && !signingIn.value
	}
	function pause(): void {
		if (status.state !== 'sending') return
		status.state = 'paused'
		status.text = `网络已断开，已保留 ${percent.value}%，恢复后自动续传`
	}
	function resume(): void {
		if (!running || status.state !== 'paused') return
		clearTimeout(again)
		status.state = 'sending'
		status.text = ''
		void running.abort().then(() => running?.start())
	}
	function goOffline(): void {
		if (status.state !== 'sending') return
		pause()
		void running?.abort()
	}
	async function failed(error: unknown, file: File): Promise<void> {
		const code = statusOf(error)
		if (code === 401 && session.kind !== 'none') return signInAgain()
		if (code === 0 && !(await isReadable(file))) return refuse(`“${file.name}”${MOVED}`)
		if (isPassing(code)) {
			pause()
			if (navigator.onLine) again = setTimeout(resume, AGAIN_MS)
			return
		}
		refuse(`“${status.name}”：${refusalOf(error)}`)
	}
	function refuse(text: string): void {
		Object.assign(status, { state: 'refused', text })
		running = null
	}
	/* The dialog over the page brings a new session; the upload waits for it. */
	function signInAgain(): void {
		status.state = 'paused'
		status.text = `登录已失效，已保留 ${percent.value}%，重新登录后继续`
		void askSignIn().then((done) => done && resume())
	}
	async function start(file: File): Promise<void> {
		const { slotName, slot, place } = target()
		Object.assign(status, { state: 'sending', name: file.name, sent: 0, size: file.size, text: '' })
		percent.value = 0
		const wrong = refusal(file, slot)
		if (wrong) return refuse(wrong)
		if (!(await isReadable(file))) return refuse(`“${file.name}”${MOVED}`)
		const { Upload } = await import('tus-js-client')
		running = new Upload(file, {
			...options(file, place),
			onShouldRetry: (error: unknown) => mayRetry(error, file),
			metadata: { slot: slotName, filename: file.name },
			/* The server names the path as it sees it; a prefix in front of the site is ours to add. */
			onUploadUrlAvailable: () => {
				if (running) running.url = apiUrl(`uploads/${keyOf(running)}`)
			},
			onProgress: (sent) => progress(sent, file.size),
			onSuccess: () => finish(file),
			onError: (error) => void failed(error, file),
		})
		const previous = newest(await running.findPreviousUploads())
		if (previous) running.resumeFromPreviousUpload(previous)
		running.start()
		if (!navigator.onLine) goOffline()
	}
	function progress(sent: number, size: number): void {
		if (status.state !== 'sending') return
		status.sent = sent
		percent.value = Math.min(99, Math.floor((sent / size) * 100))
	}
	function finish(file: File): void {
		const id = running ? keyOf(running) : ''
		running = null
		status.state = 'none'
		target().done({ id, name: file.name, size: file.size, fresh: true })
	}
	async function cancel(): Promise<void> {
		clearTimeout(again)
		const stopped = running
		running = null
		Object.assign(status, { state: 'none', text: '' })
		await stopped?.abort(true).catch(() => undefined)
	}

	window.addEventListener('offline', goOffline)
	window.addEventListener('online', resume)
	onBeforeUnmount(() => {
		window.removeEventListener('offline', goOffline)
		window.removeEventListener('online', resume)
		clearTimeout(again)
		void running?.abort()
	})
	return { status, percent, start, resume, cancel, refuse }
}

function options(file: File, place: string) {
	const who = `${session.user?.account ?? session.user?.phone ?? ''}|${session.unit?.id ?? ''}`
	return {
		endpoint: apiUrl('uploads'),
		chunkSize: CHUNK,
		retryDelays: RETRY_MS,
		removeFingerprintOnSuccess: true,
		fingerprint: async () => `tus::${who}|${place}|${file.name}|${file.size}|${file.lastModified}`,
		onBeforeRequest: (request: { setHeader(name: string, value: string): void }) => {
			request.setHeader('X-CSRF-Token', session.csrf)
		},
	}
}
