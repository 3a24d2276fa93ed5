/* What a change of page means for title and focus. */
import { computed, ref } from 'vue'
import type { Router } from 'vue-router'

/* What a site says of itself, in its head and before there is a page. */
export interface SiteTexts {
	name: string
	sub: string
	note: string
	/* what the first of its pages is called */
	home: string
	/* for search engines; whom to ask where no page can be shown */
	description: string
	help: string
}

export const siteTexts = ref<SiteTexts>({ name: '', sub: '', note: '', home: '首页', description: '', help: '' })
/* Where the breadcrumbs begin. */
export const homeCrumb = computed(() => ({ text: siteTexts.value.home, to: '/' }))

/* `next` of an address is honoured only for addresses of ours. */
export function ownAddress(next: unknown): string | null {
	return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : null
}

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
