/*
 * A draft that saves itself: a few seconds after the last change, never two requests at once, and
 * never silently failing. Nothing is made on the server before there is something to keep.
 */
import { computed, onBeforeUnmount, ref, watch } from 'vue'
import { toProblem } from '@/api/client'
import type { Form } from '@/form/useForm'
import { leavers } from '@/shell/page'
import { clock } from '@/text'
import { reasonOf } from '@/ui/useDeed'

const PAUSE_MS = 2500
const AGAIN_MS = 10_000
const CONFLICT = '这张单据已在别的窗口中修改。请先记下本页新填的内容，再刷新页面，在最新内容上填写'

export type Draft = ReturnType<typeof useDraft>

export function useDraft(form: Form, save: () => Promise<void>) {
	const savedAt = ref(0)
	const trouble = ref('')
	const dirty = ref(false)
	const writing = ref(false)
	let timer: ReturnType<typeof setTimeout> | undefined
	let running: Promise<void> | null = null
	let watching = false
	let closed = false

	const status = computed(() => {
		if (trouble.value) return `尚未保存：${trouble.value}`
		if (writing.value) return '正在保存……'
		if (dirty.value) return '有修改，稍后自动保存'
		return savedAt.value ? `草稿已于 ${clock(savedAt.value)} 自动保存` : ''
	})

	async function write(): Promise<void> {
		dirty.value = false
		try {
			await save()
			savedAt.value = Math.floor(Date.now() / 1000)
			trouble.value = ''
			form.drop('') /* a 保存 that failed before is done now */
		} catch (error) {
			dirty.value = true
			const problem = toProblem(error)
			trouble.value = problem.status === 409 ? CONFLICT : reasonOf(error)
			if (problem.isOutage && !closed) timer = setTimeout(() => void flush().catch(() => undefined), AGAIN_MS)
			throw error
		}
	}

	/* Saves now, after a save that is already on its way. */
	async function flush(force = false): Promise<void> {
		clearTimeout(timer)
		while (running) await running.catch(() => undefined)
		if (!dirty.value && !force) return
		writing.value = true
		running = write().finally(() => {
			running = null
			writing.value = false
		})
		await running
	}

	/* Called once the form holds what the server has: from here on every change counts. */
	function begin(): void {
		if (watching) return
		watching = true
		watch(form.values, changed, { deep: true })
		/* what took long to send is kept at once */
		watch(
			() =>
				Object.values(form.files)
					.map((file) => file.id)
					.join(),
			saveNow,
			{ flush: 'post' },
		)
		window.addEventListener('beforeunload', warn)
		leavers.add(mayLeave)
	}

	function changed(): void {
		dirty.value = true
		clearTimeout(timer)
		timer = setTimeout(() => void flush().catch(() => undefined), PAUSE_MS)
	}

	function saveNow(): void {
		dirty.value = true
		void flush().catch(() => undefined)
	}

	function warn(event: BeforeUnloadEvent): void {
		if (dirty.value) event.preventDefault()
	}

	/* Saves on the way out; what cannot be saved is only given up when the person says so. */
	async function mayLeave(): Promise<boolean> {
		try {
			await flush()
			return true
		} catch {
			if (!window.confirm('有内容尚未保存，确定要离开吗？')) return false
			dirty.value = false
			return true
		}
	}

	onBeforeUnmount(() => {
		closed = true
		window.removeEventListener('beforeunload', warn)
		leavers.delete(mayLeave)
		clearTimeout(timer)
	})
	return { status, trouble, flush, begin, mayLeave }
}
