/* A list that is read page by page: each answer names where the next one begins. */
import { computed, ref } from 'vue'
import { useLoad } from './useLoad'

/* `load`: the page that begins at the cursor, the first one at ''. */
export function useTrail<B extends { next: string | null }>(load: (cursor: string) => Promise<B>) {
	/* the cursors of the pages gone through; the last one is the page shown */
	const trail = ref<string[]>([])
	const { data, problem, loading, reload } = useLoad(() => load(trail.value[trail.value.length - 1] ?? ''))

	async function turn(forward: boolean): Promise<void> {
		if (forward && data.value?.next) trail.value.push(data.value.next)
		else trail.value.pop()
		await reload()
	}
	async function first(): Promise<void> {
		trail.value = []
		await reload()
	}
	const number = computed(() => trail.value.length + 1)
	return { data, problem, loading, reload, turn, first, number }
}
