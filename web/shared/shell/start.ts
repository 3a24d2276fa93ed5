/* What both sites do before the first page: modes, footer texts, session, routes, title and focus. */
import { createApp, type Component } from 'vue'
import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteRecordRaw } from 'vue-router'
import { toProblem, type Problem } from '@/api/client'
import { loadDictionaries, loadSession, loadSite } from '@/session'
import { restoreModes } from './modes'
import { siteName, watchPages } from './page'
import '@/styles/index.css'

export interface Site {
	name: string
	app: Component
	routes: RouteRecordRaw[]
	/* where to go instead, by session and meta of the page; true when the page may be shown */
	gate(to: RouteLocationNormalized): string | true
}

/* Addresses stood behind '#' once; sheets on paper and bookmarks still name them so. */
function formerAddress(to: RouteLocationNormalized): string | null {
	return to.path === '/' && to.hash.startsWith('#/') ? to.hash.slice(1) : null
}

export async function start(site: Site): Promise<void> {
	siteName.value = site.name
	restoreModes()
	let outage: Problem | null = null
	await Promise.all([
		loadSite(),
		loadDictionaries(),
		loadSession().catch((error) => {
			outage = toProblem(error)
		}),
	])
	const router = createRouter({
		history: createWebHistory(),
		routes: site.routes,
		scrollBehavior: (to, from, saved) => (to.path === from.path ? false : (saved ?? { top: 0 })),
	})
	router.beforeEach((to) => formerAddress(to) ?? (outage ? true : site.gate(to)))
	watchPages(router)
	createApp(site.app, { outage }).use(router).mount('#app')
}
