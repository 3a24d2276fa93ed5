/* An application whose phase was sent back: by which record, with what pinned to which field. */
import { computed, type Ref } from 'vue'
import type { Answer } from '@/api/schemas'
import { byField, lastRejection, pinsOf } from '@/application/pins'

export function useReturned(body: Ref<Answer<'application'> | null>, phase: Answer<'record'>['phase']) {
	const again = computed(() => body.value?.status === `${phase}_rejected`)
	const rejection = computed(() => (again.value ? lastRejection(body.value?.records ?? []) : undefined))
	const notes = computed(() => (again.value ? byField(pinsOf(body.value?.records ?? [], phase)) : {}))
	return { again, rejection, notes }
}
