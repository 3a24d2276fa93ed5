/*
 * What an officer writes about one application: the opinion so far and 批注. Kept on the server as
 * it is written, so that a reload loses nothing.
 */
import { computed, onBeforeUnmount, ref, watch } from 'vue'
import { api, newKey, toProblem } from '@/api/client'
import type { Answer } from '@/api/schemas'
import type { Form } from '@/form/useForm'
import { clock } from '@/text'

const PAUSE_MS = 1200

export function useReview(number: string, form: Form) {
	const pins = ref<Answer<'pin'>[]>([])
	const savedAt = ref(0)
	const trouble = ref('')
	let timer: ReturnType<typeof setTimeout> | undefined
	let kept = ''
	let on = false
	let saving: Promise<void> = Promise.resolve()

	const status = computed(() => {
		if (trouble.value) return `草稿尚未保存：${trouble.value}`
		return savedAt.value ? `草稿已于 ${clock(savedAt.value)} 保存` : ''
	})
	const written = () =>
		JSON.stringify({ event: form.values.event || null, remark: String(form.values.remark ?? '').trim() || null })

	function save(): Promise<void> {
		clearTimeout(timer)
		const now = written()
		if (on && now !== kept) saving = saving.then(() => send(now))
		return saving
	}

	async function send(now: string): Promise<void> {
		if (!on || now === kept) return
		try {
			await api.put('applications/{key}/draft', { key: number }, JSON.parse(now))
			kept = now
			savedAt.value = Math.floor(Date.now() / 1000)
			trouble.value = ''
		} catch (error) {
			trouble.value = toProblem(error).message
		}
	}

	watch([() => form.values.event, () => form.values.remark], () => {
		clearTimeout(timer)
		timer = setTimeout(() => void save(), PAUSE_MS)
	})
	/* The page is left or hidden: what was typed last goes out first. */
	const leaving = () => void save()
	document.addEventListener('visibilitychange', leaving)
	onBeforeUnmount(() => {
		document.removeEventListener('visibilitychange', leaving)
		void save()
	})

	/* As the server has it; what is being typed here stays. */
	function take(body: Answer<'application'>): void {
		pins.value = body.draft?.pins ?? []
		if (on) return
		if (body.draft?.event) form.values.event = body.draft.event
		if (body.draft?.remark) form.values.remark = body.draft.remark
		savedAt.value = body.draft?.updated_at ?? 0
		kept = written()
		on = body.actions.includes('decide') && (!body.claim || body.claim.mine)
	}

	/* The decision: what was typed goes with it, and no draft behind it; nobody could keep that. */
	async function settle<T>(decide: () => Promise<T>): Promise<T> {
		clearTimeout(timer)
		const before = on
		on = false
		await saving
		try {
			return await decide()
		} catch (error) {
			on = before
			throw error
		}
	}

	/* Decided: there is no draft any more. */
	function end(): void {
		clearTimeout(timer)
		on = false
		pins.value = []
	}

	/* id 0: a new one; `key` is that of the intention. */
	async function put(
		id: number,
		pin: { field: string; place?: number; text: string },
		key = newKey(),
	): Promise<void> {
		const made = id
			? await api.put('applications/{key}/pins/{id}', { key: number, id }, pin)
			: await api.post('applications/{key}/pins', { key: number }, pin, { key })
		pins.value = id ? pins.value.map((each) => (each.id === id ? made : each)) : [...pins.value, made]
	}

	async function drop(pin: Answer<'pin'>): Promise<void> {
		await api.remove('applications/{key}/pins/{id}', { key: number, id: pin.id })
		pins.value = pins.value.filter((each) => each.id !== pin.id)
	}

	return { pins, status, trouble, take, settle, end, put, drop, save }
}

export type Review = ReturnType<typeof useReview>
