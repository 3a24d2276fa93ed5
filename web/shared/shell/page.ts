/* What a change of page means for title and focus. */
import { ref } from 'vue'
import type { Router } from 'vue-router'

export const siteName = ref('医药机构医保移动支付接入申请')
let changes = 0
let quiet = false

/* False for the page a visitor opens first: the browser's own start of page is right there. */
export function pageChanged(): boolean {
	return changes > 1
}

/* Replaces the address without leaving the page (a new draft gets its number). */
export async function moveQuietly(router: Router, to: string): Promise<void> {
	quiet = true
	await router.replace(to)
}

/* What has something to save is asked before somebody signs out: afterwards it could not. */
export const leavers = new Set<() => Promise<boolean>>()

export async function mayLeave(): Promise<boolean> {
	for (const asked of leavers) if (!(await asked())) return false
	return true
}

export function watchPages(router: Router): void {
	router.afterEach(() => {
		if (!quiet) changes++
		quiet = false
	})
}
