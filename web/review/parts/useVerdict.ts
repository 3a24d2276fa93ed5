/* 通过 or 驳回 in the words of a level; 驳回 needs its reason, 国家 the tick of note 5. */
import { computed } from 'vue'
import type { FormName, Level } from '@/api/schemas'
import type { Form } from '@/form/useForm'
import { fieldSpec, rules, type Choice } from '@/rules'

export function useVerdict(name: FormName, form: Form, level: () => Level) {
	const desk = computed(() => rules.desks.find((each) => each.code === level()))
	const textOf = (event: unknown) => (event === 'reject' ? desk.value?.rejected : desk.value?.passed)
	const choices = computed<Choice[]>(() =>
		(fieldSpec(name, 'event').choices ?? []).map((choice) => ({
			...choice,
			text: textOf(choice.code) ?? choice.text,
		})),
	)
	const labels = computed(() => ({ remark: desk.value?.opinion ?? fieldSpec(name, 'remark').label }))
	const result = computed(() => textOf(form.values.event) ?? '')
	const rejects = computed(() => form.values.event === 'reject')
	const ticks = computed(() => level() === 'nation' && !rejects.value)

	/* What the table cannot ask, for it hangs on the level and the result. */
	function check(): boolean {
		if (!form.check(['event', 'remark'])) return false
		const missing =
			rejects.value && !String(form.values.remark ?? '').trim()
				? 'remark'
				: ticks.value && form.values.security_checked !== true
					? 'security_checked'
					: ''
		if (missing) form.refuse([{ field: missing, text: fieldSpec(name, missing).hint ?? '' }])
		return !missing
	}
	return { desk, choices, labels, result, rejects, ticks, check }
}
