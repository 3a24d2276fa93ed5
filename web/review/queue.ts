/* The views of a bureau's work, what they can be narrowed to, and how much of it waits. */
import { reactive, ref } from 'vue'
import type { LocationQuery } from 'vue-router'
import { api } from '@/api/client'
import { fieldSpec } from '@/rules'
import type { Answer } from '@/api/schemas'

export const views = [
	{ code: 'pending', text: '待审核' },
	{ code: 'done', text: '已审核' },
	{ code: 'all', text: '全部' },
	{ code: 'overdue', text: '下级超期' },
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

export const filterNames = ['kind', 'business_type', 'phase', 'region', 'result', 'mine', 'by', 'search'] as const
export type Filter = Record<(typeof filterNames)[number], string>

export const pending = ref(0)
/* Of every view; null until they are known. */
export const counts = ref<Answer<'queue_counts'> | null>(null)

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
		result: text('result'),
		mine: text('mine'),
		by: searches.some((each) => each.code === text('by')) ? text('by') : 'institution',
		search: text('search'),
	}
}

/* The other way round: only what narrows. */
export function queryOf(view: View, filter: Partial<Filter>): Record<string, string> {
	const query: Record<string, string> = view === 'pending' ? {} : { view }
	for (const name of filterNames) {
		const value = filter[name]?.trim()
		if (value && (name !== 'by' || filter.search?.trim())) query[name] = value
	}
	return query
}

export async function loadQueue(
	view: View,
	filter: Partial<Filter>,
	cursor = '',
	limit = 20,
): Promise<Answer<'queue'>> {
	const found = await api.get('queue', { view, limit, ...queryOf(view, filter), cursor })
	pending.value = found.counts.pending
	return found
}

export async function loadCounts(): Promise<void> {
	try {
		counts.value = await api.get('queue/counts')
		pending.value = counts.value.pending
	} catch {
		/* the list itself says what is wrong */
	}
}

/* `most` means that or more. */
export function countText(count: number): string {
	const most = counts.value?.most ?? 100
	return count >= most ? `${most - 1}+` : String(count)
}

/* What waits longest and no colleague has taken; '' when there is none. */
export async function nextNumber(except: string): Promise<string> {
	const { items } = await loadQueue('pending', {})
	return items.find((row) => row.number !== except && (!row.claim || row.claim.mine))?.number ?? ''
}

/* Ticked rows, over the pages of a list; a batch takes so many at most. */
export const BATCH_MAX = fieldSpec('batch', 'items').max
export const ticked = reactive(new Map<string, Answer<'queue_row'>>())
