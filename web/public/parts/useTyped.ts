/*
 * What is typed into a step of 单位注册 goes to the server a moment later, so that a reload loses
 * nothing but passwords and codes. It is a help: where it fails, nothing is said.
 */
import { onBeforeUnmount, watch } from 'vue'
import { api } from '@/api/client'
import type { Answers } from '@/api/types'
import type { Form } from '@/form/useForm'

const PAUSE_MS = 400

export function useTyped(form: Form, path: string) {
	let timer: ReturnType<typeof setTimeout> | undefined
	let stop: (() => void) | undefined

	function typed(): Answers {
		const kept: Answers = {}
		for (const field of form.spec.fields)
			if (!field.secret && field.autocomplete !== 'one-time-code')
				kept[field.name] = form.values[field.name] ?? ''
		return kept
	}

	/* Called once the form holds what the server has. */
	function begin(): void {
		stop ??= watch(
			() => JSON.stringify(typed()),
			() => {
				clearTimeout(timer)
				timer = setTimeout(() => void api.put(path, typed()).catch(() => undefined), PAUSE_MS)
			},
		)
	}

	/* Before the step itself is sent: nothing may come after it. */
	function end(): void {
		clearTimeout(timer)
		stop?.()
		stop = undefined
	}
	onBeforeUnmount(end)
	return { begin, end }
}
