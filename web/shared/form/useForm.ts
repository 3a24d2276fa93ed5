/*
 * One form on a page: its values, its messages and its files. Built from the exported table, so a
 * page names the form and never its rules.
 */
import { computed, reactive, ref, watch } from 'vue'
import { toProblem, type FieldError, type Problem } from '@/api/client'
import type { Files, FormName, Sent, Value, Values } from '@/api/schemas'
import { formSpec } from '@/rules'
import { emptyValue, isAsked, payloadOf, type Facts } from './asked'
import { fieldError, formErrors, plainLabel } from './check'

export type UploadState = 'none' | 'sending' | 'paused' | 'stored' | 'refused'
export type Form<Name extends FormName = FormName> = ReturnType<typeof useForm<Name>>

function useMessages(prefix: string) {
	const summary = ref<FieldError[]>([])
	/* Counts up with every refused attempt: the summary takes the focus again each time. */
	const attempt = ref(0)
	const errors = computed(() => {
		const byField: Record<string, string> = {}
		for (const error of summary.value) byField[error.field] ??= error.text
		return byField
	})
	function refuse(list: FieldError[]): void {
		summary.value = list
		attempt.value++
	}
	function fail(error: unknown): Problem {
		const problem = toProblem(error)
		refuse(problem.errors.length ? problem.errors : [{ field: '', text: problem.message }])
		return problem
	}
	function clear(): void {
		summary.value = []
	}
	/* Said about a file that has been replaced meanwhile. */
	function drop(field: string): void {
		summary.value = summary.value.filter((error) => error.field !== field)
	}
	const idOf = (field: string) => `${prefix}-${field}`
	return { summary, attempt, errors, refuse, fail, clear, drop, idOf }
}

/* `prefix`: ids on the page begin so; by default the form's name. */
export function useForm<Name extends FormName>(name: Name, facts: () => Facts = () => ({}), prefix: string = name) {
	const spec = formSpec(name)
	const values = reactive<Values>({})
	const files = reactive<Files>({})
	const uploads = reactive<Record<string, UploadState>>({})
	const busy = ref(false)
	const messages = useMessages(prefix)
	const asked = computed(() => spec.fields.filter((field) => isAsked(field, spec, values, facts())))

	function reset(): void {
		for (const field of spec.fields) values[field.name] = emptyValue(field)
	}
	function fill(answers: Record<string, Value | undefined>, stored: Files = {}): void {
		for (const field of spec.fields) {
			const given = answers[field.name]
			values[field.name] = given === undefined || given === null ? emptyValue(field) : given
		}
		for (const key of Object.keys(files)) delete files[key]
		for (const [key, file] of Object.entries(stored)) {
			files[key] = file
			values[key] = file.id
		}
	}
	/* A message whose field has disappeared says nothing any more. */
	const shown = computed(() => {
		const names = new Set(asked.value.map((field) => field.name))
		const known = new Set(spec.fields.map((field) => field.name))
		return messages.summary.value.filter((error) => names.has(error.field) || !known.has(error.field))
	})
	/* What was refused, as it stood then. A message goes once its field has changed and is right. */
	let refused: Record<string, string> = {}
	watch(
		messages.attempt,
		() => (refused = Object.fromEntries(spec.fields.map(({ name }) => [name, JSON.stringify(values[name])]))),
		{
			flush: 'sync',
		},
	)
	watch(values, () => {
		for (const field of spec.fields) {
			if (!messages.errors.value[field.name] || refused[field.name] === JSON.stringify(values[field.name]))
				continue
			if (!fieldError(field, values[field.name])) messages.drop(field.name)
		}
	})
	function waiting(names?: string[]): FieldError[] {
		return asked.value
			.filter(
				(field) =>
					(!names || names.includes(field.name)) && ['sending', 'paused'].includes(uploads[field.name] ?? ''),
			)
			.map((field) => ({ field: field.name, text: `请等待“${plainLabel(field)}”上传完成` }))
	}
	function check(names?: string[]): boolean {
		const running = waiting(names)
		const found = formErrors(spec, values, facts(), names).filter(
			(error) => !running.some((each) => each.field === error.field),
		)
		const order = (error: FieldError) => spec.fields.findIndex((field) => field.name === error.field)
		const all = [...found, ...running].sort((a, b) => order(a) - order(b))
		if (all.length) messages.refuse(all)
		else messages.clear()
		return all.length === 0
	}
	/* Runs one deed at a time; a refusal lands in the summary, what was typed stays. */
	async function run(deed: () => Promise<unknown>): Promise<boolean> {
		if (busy.value) return false
		busy.value = true
		try {
			await deed()
			messages.clear()
			return true
		} catch (error) {
			messages.fail(error)
			return false
		} finally {
			busy.value = false
		}
	}

	reset()
	/* The table it is made by and its schema are one. */
	const payload = () => payloadOf(spec, values, facts()) as unknown as Sent<Name>
	return { spec, values, files, uploads, busy, asked, shown, reset, fill, check, run, payload, ...messages }
}
