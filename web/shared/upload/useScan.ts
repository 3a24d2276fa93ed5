/* What the virus scanner says of a file, followed until it has answered. */
import { onBeforeUnmount, ref, watch } from 'vue'
import { api } from '@/api/client'
import type { Answer } from '@/api/schemas'

/* fresh: it arrived just now, its scan is not known yet */
export type ShownFile = Answer<'stored_file'> & { fresh?: boolean }
type Scan = ShownFile['scan']
const AGAIN_MS = 3000

export function useScan(file: () => ShownFile | null | undefined) {
	const scan = ref<Scan>()
	let again: ReturnType<typeof setTimeout> | undefined

	async function ask(id: string): Promise<void> {
		const found = await api.get('uploads/{key}', { key: id }).catch(() => ({ scan: scan.value }))
		if (file()?.id !== id) return
		scan.value = found.scan
		if (scan.value === 'waiting') again = setTimeout(() => void ask(id), AGAIN_MS)
	}
	watch(
		() => file()?.id,
		(id) => {
			clearTimeout(again)
			scan.value = file()?.scan
			if (id && (scan.value === 'waiting' || file()?.fresh)) void ask(id)
		},
		{ immediate: true },
	)
	onBeforeUnmount(() => clearTimeout(again))
	return scan
}
