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
