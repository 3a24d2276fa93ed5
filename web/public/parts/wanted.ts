/* What the table cannot know is needed: the server asks for the same (handlers/account/person.c). */
import type { FormName } from '@/api/schemas'
import type { Form } from '@/form/useForm'

/* Are all texts that are asked given, but for `except`? Says so at those that are not. */
export function allGiven<Name extends FormName>(form: Form<Name>, except: string[]): boolean {
	if (!form.check()) return false
	const missing = form.asked.value
		.filter((field) => !except.includes(field.name) && field.type === 'text' && !form.values[field.name])
		.map((field) => ({ field: field.name, text: field.hint ?? field.label }))
	if (missing.length) form.refuse(missing)
	return missing.length === 0
}
