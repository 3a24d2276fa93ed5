/*
 * What is typed into a step of 单位注册 goes to the server a moment later, so that a reload loses
 * nothing but passwords and codes. It is a help: where it fails, nothing is said.
 */
import { onBeforeUnmount, watch } from 'vue'
import { api } from '@/api/client'
import type { Sent, Values } from '@/api/schemas'
import type { Form } from '@/form/useForm'

const PAUSE_MS = 400

export function useTyped(form: Form, path: 'registration/unit/typed' | 'registration/operator/typed') {
	let timer: ReturnType<typeof setTimeout> | undefined
	let stop: (() => void) | undefined

	/* Whatever is there so far: of what the schemas demand none is asked for yet. */
	function typed() {
		const kept: Values = {}
		for (const field of form.spec.fields)
			if (!field.secret && field.autocomplete !== 'one-time-code')
				kept[field.name] = form.values[field.name] ?? ''
		return kept as unknown as Sent<'register_unit'> | Sent<'register_operator'>
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
