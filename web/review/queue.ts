/* The three views of a bureau's work, what they can be narrowed to, and how much of it waits. */
import { ref } from 'vue'
import type { LocationQuery } from 'vue-router'
import { api } from '@/api/client'
import type { QueueBody } from '@/api/types'

export const views = [
	{ code: 'pending', text: '待审核' },
	{ code: 'done', text: '已审核' },
	{ code: 'all', text: '全部' },
] as const
export type View = (typeof views)[number]['code']

export const searches = [
	{ code: 'institution', text: '机构名称' },
	{ code: 'unit', text: '单位名称' },
	{ code: 'number', text: '申请单号' },
]
export const phases = [
	{ code: 'apply', text: '申请' },
	{ code: 'accept', text: '验收' },
]

export const filterNames = ['kind', 'business_type', 'phase', 'region', 'by', 'search'] as const
export type Filter = Record<(typeof filterNames)[number], string>

export const pending = ref(0)

export function viewOf(given: unknown): View {
	return views.find((view) => view.code === given)?.code ?? 'pending'
}

/* The filter lives in the address: a bookmark of it is a saved filter. */
export function filterOf(query: LocationQuery): Filter {
	const text = (name: string) => (typeof query[name] === 'string' ? query[name] : '')
	return {
		kind: text('kind'),
		business_type: text('business_type'),
		phase: text('phase'),
		region: text('region'),
		by: searches.some((each) => each.code === text('by')) ? text('by') : 'institution',
		search: text('search'),
	}
}

export async function loadQueue(view: View, filter: Partial<Filter>, cursor = ''): Promise<QueueBody> {
	const ask = new URLSearchParams({ view })
	for (const name of filterNames) {
		const value = filter[name]?.trim()
		if (value && (name !== 'by' || filter.search?.trim())) ask.set(name, value)
	}
	if (cursor) ask.set('cursor', cursor)
	const found = await api.get<QueueBody>(`queue?${ask}`)
	pending.value = found.counts.pending
	return found
}

/* What waits longest and no colleague has taken; '' when there is none. */
export async function nextNumber(except: string): Promise<string> {
	const { items } = await loadQueue('pending', {})
	return items.find((row) => row.number !== except && (!row.claim || row.claim.mine))?.number ?? ''
}
