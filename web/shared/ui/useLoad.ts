/* What a page needs before it can be shown: loaded on opening, loaded again on request. */
import { ref, shallowRef } from 'vue'
import { toProblem, type Problem } from '@/api/client'

export function useLoad<T>(fetcher: () => Promise<T>) {
	const data = shallowRef<T | null>(null)
	const problem = shallowRef<Problem | null>(null)
	const loading = ref(false)

	async function reload(): Promise<void> {
		loading.value = true
		try {
			data.value = await fetcher()
			problem.value = null
		} catch (error) {
			problem.value = toProblem(error)
		} finally {
			loading.value = false
		}
	}

	const ready = reload()
	return { data, problem, loading, reload, ready }
}
