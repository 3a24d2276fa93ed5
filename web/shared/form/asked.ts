/*
 * Which fields a form asks. A field is asked when each of its conditions holds; a condition names
 * another field, which must be asked itself, or a fact such as @kind. What is not asked is neither
 * shown nor checked nor sent.
 */
import type { Value, Values } from '@/api/schemas'
import { halfWidth, normalisers } from '../formats'
import type { Condition, FieldSpec, FormSpec } from '@/rules'

export type Facts = Record<string, string>

function holds(condition: Condition, spec: FormSpec, values: Values, facts: Facts): boolean {
	if (condition.field.startsWith('@')) return condition.in.includes(facts[condition.field] ?? '')
	const other = spec.fields.find((field) => field.name === condition.field)
	if (!other || !isAsked(other, spec, values, facts)) return false
	const value = values[condition.field] ?? (other.type === 'bool' ? false : '')
	if (Array.isArray(value)) return value.some((each) => condition.in.includes(each))
	return condition.in.includes(String(value))
}

export function isAsked(field: FieldSpec, spec: FormSpec, values: Values, facts: Facts): boolean {
	return field.asked.every((condition) => holds(condition, spec, values, facts))
}

export function emptyValue(field: FieldSpec): Value {
	if (field.type === 'bool') return false
	return field.type === 'list' ? [] : ''
}

export function isEmpty(value: Value | undefined): boolean {
	if (Array.isArray(value)) return value.length === 0
	if (typeof value === 'string') return value.trim() === ''
	return value === null || value === undefined || value === false
}

/* The request body: asked fields only, empty ones left out, numbers as numbers. */
export function payloadOf(spec: FormSpec, values: Values, facts: Facts): Values {
	const body: Values = {}
	for (const field of spec.fields) {
		const value = values[field.name]
		if (!isAsked(field, spec, values, facts)) continue
		if (field.type === 'bool') body[field.name] = value === true
		else if (!isEmpty(value)) body[field.name] = clean(field, value as Value)
	}
	return body
}

/* Numbers and codes: a blank in them is never meant. 证件号码 have their format from another field. */
function isCode(field: FieldSpec): boolean {
	if (field.control === 'textarea') return false
	return (
		Boolean(field.format) ||
		field.control === 'tel' ||
		/username|one-time-code/.test(field.autocomplete ?? '') ||
		/(^|_)id_no$/.test(field.name)
	)
}

/*
 * As the server keeps it: people type and paste spaces and full-width digits into numbers, and small
 * letters into codes.
 */
export function clean(field: FieldSpec, value: Value): Value {
	if (typeof value !== 'string' || field.secret) return value
	if (field.type === 'integer') return Number(halfWidth(value))
	if (field.control === 'textarea') return value.trim()
	const half = halfWidth(value)
	const plain = /^[ -~]*$/.test(half) ? half : value
	const text = isCode(field) ? plain.replace(/\s+/g, '') : plain.trim()
	const normalise = field.format ? normalisers[field.format] : undefined
	return normalise ? normalise(text) : text
}
