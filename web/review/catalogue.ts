/* The tables of catalogue.def, as the pages read them from the exported rules. */
import type { Value } from '@/api/schemas'
import { choiceText, formSpec, rules, type CatalogueSpec, type FieldSpec } from '@/rules'

export type Row = { id: number; version: number } & Record<string, Value | undefined>

export function catalogueOf(path: string): CatalogueSpec | undefined {
	return rules.catalogues.find((each) => each.path === path)
}

/* Long texts are read on the row's own page. */
export function columnsOf(catalogue: CatalogueSpec): FieldSpec[] {
	return formSpec(catalogue.form).fields.filter((field) => field.control !== 'hidden' && !field.multiline)
}

/* A code or a day is read as one word. */
export function isWord(field: FieldSpec): boolean {
	return Boolean(field.format || field.pattern) && field.max <= 20
}

export function cellText(field: FieldSpec, value: Value | undefined): string {
	if (field.type === 'bool') return value === true ? '是' : '否'
	if (field.choices) return choiceText(field.choices, value) || String(value ?? '-')
	return value === null || value === undefined || value === '' ? '-' : String(value)
}
