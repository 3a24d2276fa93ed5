/* The lines of a form as people read them: label from the table, text from the answer. */
import type { Answer, Answers, Institution } from '@/api/types'
import { isAsked, type Facts } from '@/form/asked'
import { choiceText, formSpec, type FieldSpec } from '@/rules'
import type { Row } from '@/ui/DescriptionList.vue'

export interface AnswerRow extends Row {
	field: FieldSpec
}

export function answerText(field: FieldSpec, value: Answer | undefined, texts: Record<string, string | null>): string {
	if (texts[field.name]) return String(texts[field.name])
	if (Array.isArray(value)) return value.map((each) => choiceText(field.choices, each) || each).join('、')
	if (typeof value === 'boolean') return value ? '是' : '否'
	if (value === null || value === undefined) return ''
	return choiceText(field.choices, value) || String(value)
}

export function answerRows(
	form: string,
	answers: Answers,
	facts: Facts,
	texts: Record<string, string | null> = {},
): AnswerRow[] {
	const spec = formSpec(form)
	return spec.fields
		.filter((field) => field.control !== 'hidden' && isAsked(field, spec, answers, facts))
		.map((field) => ({
			field,
			key: field.name,
			label: field.label.replace(/上传$/, ''),
			text: field.type === 'file' ? '' : answerText(field, answers[field.name], texts),
		}))
}

export function institutionRows(institution: Pick<Institution, 'code' | 'name' | 'region_name'>): Row[] {
	return [
		{ key: 'code', label: '定点医药机构编码', text: institution.code },
		{ key: 'name', label: '定点医药机构名称', text: institution.name },
		{ key: 'region', label: '医药机构协议所属区划', text: institution.region_name },
	]
}
