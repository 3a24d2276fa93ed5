/* What both sites do before the first page: modes, footer texts, session, routes, title and focus. */
import { createApp, type Component } from 'vue'
import {
	createRouter,
	createWebHistory,
	START_LOCATION,
	type RouteLocationNormalized,
	type Router,
	type RouteRecordRaw,
} from 'vue-router'
import { toProblem, type Problem } from '@/api/client'
import { loadDictionaries, loadSession, loadSite } from '@/session'
import { watchScripts } from './missing'
import { restoreModes } from './modes'
import { siteTexts, watchPages, type SiteTexts } from './page'
import '@/styles/index.css'

export interface Site {
	texts: SiteTexts
	app: Component
	routes: RouteRecordRaw[]
	/* where to go instead, by session and meta of the page; true when the page may be shown */
	gate(to: RouteLocationNormalized): string | true
}

/* Addresses stood behind '#' once; sheets on paper and bookmarks still name them so. */
function formerAddress(to: RouteLocationNormalized): string | null {
	return to.path === '/' && to.hash.startsWith('#/') ? to.hash.slice(1) : null
}

/* The page's script is on its way while the session is asked for. */
function fetchPage(router: Router, address: string): void {
	for (const { components } of router.resolve(address).matched) {
		const page = components?.default as (() => Promise<unknown>) | Component | undefined
		if (typeof page === 'function') (page as () => Promise<unknown>)().catch(() => undefined)
	}
}

/* The first page is at its top by itself; a draft that gets its number is the page it was, somebody types in it. */
function staysPut(to: RouteLocationNormalized, from: RouteLocationNormalized): boolean {
	return from === START_LOCATION || to.path === from.path || (to.meta.keep === true && to.name === from.name)
}

/* A file dropped beside its box would be opened in the place of the page. */
function keepPage(event: DragEvent): void {
	if (event.dataTransfer?.types.includes('Files') && !event.defaultPrevented) {
		event.preventDefault()
		event.dataTransfer.dropEffect = 'none'
	}
}

export async function start(site: Site): Promise<void> {
	window.addEventListener('dragover', keepPage)
	window.addEventListener('drop', keepPage)
	siteTexts.value = site.texts
	restoreModes()
	const history = createWebHistory()
	const router = createRouter({
		history,
		routes: site.routes,
		scrollBehavior: (to, from, saved) => (staysPut(to, from) ? false : (saved ?? { top: 0 })),
	})
	fetchPage(router, history.location)
	let outage: Problem | null = null
	await Promise.all([
		loadSite(),
		loadDictionaries(),
		loadSession().catch((error) => {
			outage = toProblem(error)
		}),
	])
	router.beforeEach((to) => formerAddress(to) ?? (outage ? true : site.gate(to)))
	watchPages(router)
	watchScripts(router)
	createApp(site.app, { outage }).use(router).mount('#app')
}
