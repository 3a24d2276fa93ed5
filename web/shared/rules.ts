/* The server's tables as exported by `portal export rules`, each site its own; see tools/rules.mjs. */
import type { FormName } from './api/schemas'
import type { Path } from './api/client'
import generated from '@rules'

export interface Choice {
	code: string
	text: string
	hint?: string
	/* kept for what was chosen before; not offered any more */
	off?: boolean
}

export interface Condition {
	/* another field of the same form, or a fact such as @kind */
	field: string
	in: string[]
}

export type Control =
	| 'text'
	| 'textarea'
	| 'radio'
	| 'select'
	| 'checkboxes'
	| 'checkbox'
	| 'date'
	| 'password'
	| 'tel'
	| 'email'
	| 'region'
	| 'file'
	| 'hidden'

export interface FieldSpec {
	name: string
	label: string
	/* what is said when the value is refused */
	hint?: string
	/* what is said beforehand */
	help?: string
	type: 'text' | 'integer' | 'bool' | 'list' | 'file'
	required: boolean
	pii: boolean
	multiline: boolean
	secret: boolean
	min: number
	max: number
	pattern?: string
	format?: string
	control: Control
	placeholder?: string
	choices?: Choice[]
	/* the list on the server that stands in for `choices` */
	dictionary?: string
	slot?: string
	autocomplete?: string
	asked: Condition[]
}

export interface FormSpec {
	name: string
	fields: FieldSpec[]
}

export interface SlotSpec {
	max_bytes: number
	extensions: string[]
	text: string
}

/* How a bureau's level words its results. */
export interface Desk extends Choice {
	passed: string
	rejected: string
	pending: string
	opinion: string
}

type CatalogueOf<P> = P extends `catalogues/${infer Name}/{id}` ? Name : never
export type CataloguePath = CatalogueOf<Path<'get'>>

/* A table kept row by row on the intranet site (catalogue.def). */
export interface CatalogueSpec {
	path: CataloguePath
	title: string
	about: string
	/* what can be searched for */
	search: string
	form: Extract<FormName, `${string}_row`>
	write: string[]
}

export interface Rules {
	forms: Record<string, FormSpec>
	slots: Record<string, SlotSpec>
	statuses: Choice[]
	states: { code: string; status: string }[]
	businesses: Choice[]
	desks: Desk[]
	certifications: Choice[]
	appeals: Choice[]
	/* the next two on the intranet site only */
	roles: Choice[]
	catalogues: CatalogueSpec[]
	/* what the audit calls what was done */
	deeds: { code: string; text: string }[]
}

export const rules = generated as unknown as Rules

export function formSpec(name: string): FormSpec {
	const spec = rules.forms[name]
	if (!spec) throw new Error(`no form ${name} in rules.json`)
	return spec
}

export function fieldSpec(form: string, name: string): FieldSpec {
	const field = formSpec(form).fields.find((each) => each.name === name)
	if (!field) throw new Error(`no field ${name} in form ${form}`)
	return field
}

export function choiceText(choices: Choice[] | undefined, code: unknown): string {
	return choices?.find((choice) => choice.code === String(code))?.text ?? ''
}

/* 证件类型 is one list for everybody; it stands in the tables that ask for it. */
export function idTypeText(code: unknown): string {
	return choiceText(fieldSpec('register_unit', 'legal_id_type').choices, code)
}

/* What people keep on the intranet site takes the place of what the pages were built with. */
export function applyDictionaries(lists: Record<string, (Choice & { active: boolean })[]>): void {
	for (const form of Object.values(rules.forms))
		for (const field of form.fields) {
			const list = field.dictionary && lists[field.dictionary]
			if (list) field.choices = list.map(({ active, ...choice }) => ({ ...choice, off: !active }))
		}
}
