/* The three views of a bureau's work and how much of it waits. */
import { ref } from 'vue'

export const views = [
	{ code: 'pending', text: '待审核' },
	{ code: 'done', text: '已审核' },
	{ code: 'all', text: '全部' },
] as const
export type View = (typeof views)[number]['code']

export const pending = ref(0)

export function viewOf(given: unknown): View {
	return views.find((view) => view.code === given)?.code ?? 'pending'
}
