/* What a page needs before it can be shown: loaded on opening, loaded again on request. */
import { ref, shallowRef } from 'vue'
import { toProblem, type Problem } from '@/api/client'

export function useLoad<T>(fetcher: () => Promise<T>) {
	const data = shallowRef<T | null>(null)
	const problem = shallowRef<Problem | null>(null)
	const loading = ref(false)
	let asked = 0

	/* Of several on their way the one asked for last counts, whichever comes last. */
	async function reload(): Promise<void> {
		const turn = ++asked
		loading.value = true
		try {
			const found = await fetcher()
			if (turn !== asked) return
			data.value = found
			problem.value = null
		} catch (error) {
			if (turn === asked) problem.value = toProblem(error)
		} finally {
			if (turn === asked) loading.value = false
		}
	}

	const ready = reload()
	return { data, problem, loading, reload, ready }
}
