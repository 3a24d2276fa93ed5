/* An application as it lies on the officer's desk: its forms, its files, what is said of them. */
import type { Answer, Files } from '@/api/schemas'
import { byField, pinsOf, type Notes } from '@/application/pins'
import { acceptanceRows, applicationRows, isAccepting, unitRows, type AnswerRow } from '@/application/rows'
import { formSpec } from '@/rules'
import type { Row } from '@/ui/DescriptionList.vue'

export interface Part {
	title: string
	rows: (Row | AnswerRow)[]
	files: Files
	/* the form that is reviewed now */
	current: boolean
}

export interface Material {
	parts: Part[]
	current: Part
	accepting: boolean
	/* of the form that is reviewed, in its order; then those of the other one */
	files: { field: string; label: string; file: Answer<'stored_file'> }[]
	/* what the last 提交 changed; null in a first round */
	changed: Answer<'change'> | null
	/* sent in this round by other desks, and in the round before */
	notes: Notes
	old: Notes
	labelOf: (field: string) => string
}

export function materialOf(body: Answer<'application'>): Material {
	const accepting = Boolean(body.acceptance?.submitted_at) && isAccepting(body.status)
	const phase = accepting ? 'accept' : 'apply'
	const apply: Part = { title: '申请单', rows: applicationRows(body), files: body.files, current: !accepting }
	const accept: Part = {
		title: '验收单',
		rows: acceptanceRows(body),
		files: body.acceptance?.files ?? {},
		current: accepting,
	}
	const current = accepting ? accept : apply
	const labelOf = (field: string) => {
		const rows = formSpec(accepting ? 'acceptance' : 'application').fields
		return (rows.find((each) => each.name === field)?.label ?? field).replace(/上传$/, '')
	}
	const filesOf = (part: Part) =>
		part.rows.flatMap((row) =>
			part.files[row.key] ? [{ field: row.key, label: row.label, file: part.files[row.key]! }] : [],
		)
	return {
		parts: [
			...(body.acceptance?.submitted_at ? [accept] : []),
			apply,
			{ title: '单位信息', rows: unitRows(body.unit), files: {}, current: false },
		].filter((part) => part.rows.length),
		current,
		accepting,
		files: filesOf(current),
		changed: [...body.changes].reverse().find((change) => change.phase === phase) ?? null,
		notes: byField(pinsOf(body.records, phase)),
		old: byField(pinsOf(body.records, phase, 1)),
		labelOf,
	}
}
