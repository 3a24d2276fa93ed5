/* One deed at a time: whether it runs, what was said of it, and why it was refused. */
import { ref } from 'vue'
import { toProblem } from '@/api/client'

/* The nearest reason: of the field where one is named. */
export function reasonOf(error: unknown): string {
	const problem = toProblem(error)
	return problem.errors[0]?.text ?? problem.message
}

export function useDeed() {
	const busy = ref(false)
	const said = ref('')
	const wrong = ref('')

	/* `done` is said afterwards, or what the deed itself answers. True when it was done. */
	async function run(deed: () => Promise<string | void>, done = ''): Promise<boolean> {
		if (busy.value) return false
		busy.value = true
		said.value = wrong.value = ''
		try {
			said.value = (await deed()) || done
			return true
		} catch (error) {
			wrong.value = reasonOf(error)
			return false
		} finally {
			busy.value = false
		}
	}
	return { busy, said, wrong, run }
}
