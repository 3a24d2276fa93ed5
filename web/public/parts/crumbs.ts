/* The breadcrumbs of whatever belongs to the applications. */
import type { Crumb } from '@/shell/PageFrame.vue'

export const LIST = '定点医药机构移动支付申请'

export function applicationCrumbs(...below: Crumb[]): Crumb[] {
	return [
		{ text: '医药机构服务', to: '/unit' },
		{ text: LIST, ...(below.length && { to: '/applications' }) },
		...below,
	]
}

/* Of what stands below one application's details. */
export function detailCrumbs(path: string, text: string): Crumb[] {
	return applicationCrumbs({ text: '申请单详情', to: path }, { text })
}
