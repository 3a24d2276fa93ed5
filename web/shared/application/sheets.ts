/* What keys and sheets are called. */
import type { Answer } from '@/api/schemas'

export const environments: Record<Answer<'sheet'>['environment'], string> = { test: '测试环境', formal: '正式环境' }
export const sheetNames: Record<Answer<'sheet'>['kind'], string> = {
	payment: '移动支付渠道反馈单',
	identity: '线上身份核验反馈单',
}
