/* 导出: the file at once, or the promise of one when there are too many rows to wait for. */
import { api } from '@/api/client'
import { save } from '@/save'
import { day } from '@/text'
import { useDeed } from '@/ui/useDeed'

export type ExportFormat = 'xlsx' | 'csv'

export function useExport() {
	const { busy, said, wrong, run } = useDeed()

	const take = (filter: Record<string, string>, format: ExportFormat) =>
		run(async () => {
			const found = await api.file('applications/export', { ...filter, format })
			if (found instanceof Blob) {
				save(found, `申请单列表-${day(Date.now() / 1000).replaceAll('-', '')}.${format}`)
				return '已导出，请查看浏览器的下载'
			}
			return `共 ${found.total} 条，正在生成文件。完成后会发送站内消息，请到“站内消息”下载。`
		})
	return { busy, said, wrong, run: take }
}
