/* 导出: the file at once, or the promise of one when there are too many rows to wait for. */
import { ref } from 'vue'
import { api, toProblem } from '@/api/client'
import { save } from '@/save'
import { day } from '@/text'

export type ExportFormat = 'xlsx' | 'csv'

export function useExport() {
	const busy = ref(false)
	const said = ref('')
	const wrong = ref('')

	async function run(filter: Record<string, string>, format: ExportFormat): Promise<void> {
		if (busy.value) return
		busy.value = true
		said.value = wrong.value = ''
		try {
			const ask = new URLSearchParams({ ...filter, format })
			const found = await api.file<{ total: number }>(`applications/export?${ask}`)
			if (found instanceof Blob) {
				save(found, `申请单列表-${day(Date.now() / 1000).replaceAll('-', '')}.${format}`)
				said.value = '已导出，请查看浏览器的下载'
			} else {
				said.value = `共 ${found.total} 条，正在生成文件。完成后会发送站内消息，请到“站内消息”下载。`
			}
		} catch (error) {
			wrong.value = toProblem(error).message
		} finally {
			busy.value = false
		}
	}
	return { busy, said, wrong, run }
}
