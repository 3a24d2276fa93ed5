/* What the browser can say before the server does, from the same table and in the same words. */
import type { FieldError } from '@/api/client'
import type { Value, Values } from '@/api/schemas'
import type { FieldSpec, FormSpec } from '@/rules'
import { formats } from '../formats'
import { clean, isAsked, isEmpty, type Facts } from './asked'

/* 「申请函上传」 names the button; in a sentence the paper itself is meant. */
export function plainLabel(field: FieldSpec): string {
	return field.type === 'file' ? field.label.replace(/上传$/, '') : field.label
}

/* The table's own refusal; it says what to do, whatever was wrong. */
function refusal(field: FieldSpec): string {
	return field.hint || `请检查${plainLabel(field)}`
}

function isTextWrong(field: FieldSpec, value: string): boolean {
	const length = [...value].length
	if ((field.max > 0 && length > field.max) || length < field.min) return true
	if (field.pattern && !new RegExp(`^(?:${field.pattern})$`, 'u').test(value)) return true
	const format = field.format ? formats[field.format] : undefined
	return Boolean(format && !format(value))
}

export function fieldError(field: FieldSpec, given: Value | undefined): string {
	if (field.control === 'hidden') return ''
	if (isEmpty(given)) return field.required ? refusal(field) : ''
	const value = clean(field, given as Value)
	if (typeof value !== 'string' || field.type !== 'text' || field.choices) return ''
	return isTextWrong(field, value) ? refusal(field) : ''
}

export function formErrors(spec: FormSpec, values: Values, facts: Facts, names?: string[]): FieldError[] {
	const found: FieldError[] = []
	for (const field of spec.fields) {
		if (names && !names.includes(field.name)) continue
		if (!isAsked(field, spec, values, facts)) continue
		const text = fieldError(field, values[field.name])
		if (text) found.push({ field: field.name, text })
	}
	return found
}
