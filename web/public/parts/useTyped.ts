/* What is typed into a step of 单位注册 is kept in the window as it is typed; neither passwords nor codes. */
import { watch } from 'vue'
import type { Values } from '@/api/schemas'
import type { Form } from '@/form/useForm'
import { keepTyped, typedOf } from './registering'

/* changed: called when something else is typed than is kept. Returns whether something was kept. */
export function useTyped(form: Form, step: 'unit' | 'operator', changed: () => void = () => undefined): boolean {
	const once = ['one-time-code', 'off'] /* codes of an SMS and of a picture */
	const fields = form.spec.fields.filter(
		({ secret, control, autocomplete }) =>
			!secret && control !== 'hidden' && !(autocomplete && once.includes(autocomplete)),
	)
	function typed(): Values {
		return Object.fromEntries(fields.map(({ name }) => [name, form.values[name] ?? '']))
	}

	const kept = typedOf(step)
	if (kept) form.fill(kept)
	watch(
		() => JSON.stringify(typed()),
		() => {
			keepTyped(step, typed())
			changed()
		},
		{ flush: 'sync' },
	)
	return kept !== null
}
