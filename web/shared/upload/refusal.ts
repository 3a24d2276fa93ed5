/* What can be seen of a file before a byte is sent; '' when nothing is wrong. */
import type { SlotSpec } from '@/rules'
import { fileSize } from '@/text'

export function refusal(file: { name: string; size: number }, slot: SlotSpec): string {
	const extension = file.name.includes('.') ? file.name.replace(/^.*\./, '').toLowerCase() : ''
	const kinds = slot.extensions.map((each) => `.${each}`).join(' ')
	if (!slot.extensions.includes(extension)) return `“${file.name}”不是允许的类型，请选择 ${kinds} 文件`
	if (file.size === 0) return `“${file.name}”是空文件，请重新选择`
	if (file.size > slot.max_bytes)
		return `“${file.name}”有 ${fileSize(file.size)}，超过 ${fileSize(slot.max_bytes)} 的上限，请压缩后重新选择`
	return ''
}

export const MOVED = '读取不到，可能已被移动、改名、删除或正在被修改，请重新选择'

/* The browser only has a reference: what was moved or changed on the disk since cannot be read. */
export async function isReadable(file: Blob): Promise<boolean> {
	try {
		await new Response(file.slice(0, 1)).arrayBuffer()
		return true
	} catch {
		return false
	}
}
