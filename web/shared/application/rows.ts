/* The lines of a form as people read them: label from the table, text from the answer. */
import type { Answer, Value, Values } from '@/api/schemas'
import { isAsked, type Facts } from '@/form/asked'
import { choiceText, fieldSpec, formSpec, idTypeText, type FieldSpec } from '@/rules'
import type { Row } from '@/ui/DescriptionList.vue'

export interface AnswerRow extends Row {
	/* absent for what the form does not ask: the institution */
	field?: FieldSpec
}

export function answerText(field: FieldSpec, value: Value | undefined, texts: Record<string, string | null>): string {
	if (texts[field.name]) return String(texts[field.name])
	if (Array.isArray(value)) return value.map((each) => choiceText(field.choices, each) || each).join('、')
	if (typeof value === 'boolean') return value ? '是' : '否'
	if (value === null || value === undefined) return ''
	return choiceText(field.choices, value) || String(value)
}

export function answerRows(
	form: string,
	answers: Values,
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

export function institutionRows(institution: Pick<Answer<'institution'>, 'code' | 'name' | 'region_name'>): Row[] {
	return [
		{ key: 'code', label: '定点医药机构编码', text: institution.code },
		{ key: 'name', label: '定点医药机构名称', text: institution.name },
		{ key: 'region', label: '医药机构协议所属区划', text: institution.region_name },
	]
}

/* The unit as registered: only what the server sent, in the words of the registration form. */
export function unitRows(unit: Partial<Answer<'own_unit'>>, empty = false): Row[] {
	const texts: Record<string, string> = {
		...Object.fromEntries(Object.entries(unit).map(([key, value]) => [key, String(value ?? '')])),
		institution_kind: choiceText(fieldSpec('register_unit', 'institution_kind').choices, unit.kind),
		region: unit.region_name ?? '',
		legal_id_type: idTypeText(unit.legal_id_type),
	}
	return formSpec('register_unit')
		.fields.filter((field) => field.name in texts && (empty || texts[field.name]) && !field.secret)
		.map((field) => ({ key: field.name, label: field.label, text: texts[field.name] }))
}

/* How the application's name was found is said behind the name, not on lines of its own. */
const NAMED_BY = ['official_channel', 'existing_app', 'app_name']

/* 申请单详情: the institution and every answer, as filed. */
export function applicationRows(body: Answer<'application'>): AnswerRow[] {
	const rows = answerRows('application', body.answers, { '@kind': body.kind }, body.answer_texts)
		.filter((row) => !NAMED_BY.includes(row.key))
		.map((row) =>
			row.key === 'app_source' && body.app_name ? { ...row, text: `${body.app_name} · ${row.text}` } : row,
		)
	return [...institutionRows(body.institution), ...rows]
}

/* 验收单详情; none before there is an acceptance. */
export function acceptanceRows(body: Answer<'application'>): AnswerRow[] {
	if (!body.acceptance) return []
	const facts = { '@kind': acceptanceKind(body) }
	return answerRows('acceptance', body.acceptance.answers, facts, body.answer_texts)
}

/* Is it past the application: accepted, or on its way there? */
export const isAccepting = (status = '') => status.startsWith('accept')

/* The fact the acceptance table asks for: kind of institution and of business in one word. */
export function acceptanceKind(body: Pick<Answer<'application'>, 'kind' | 'answers'> | null): string {
	return body ? `${body.kind}_${String(body.answers.business_type)}` : ''
}
