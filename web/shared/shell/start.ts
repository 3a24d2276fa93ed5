/* What both sites do before the first page: modes, footer texts, session, routes, title and focus. */
import { createApp, type Component } from 'vue'
import { createRouter, createWebHashHistory, type RouteLocationNormalized, type RouteRecordRaw } from 'vue-router'
import { toProblem, type Problem } from '@/api/client'
import { loadSession, loadSite } from '@/session'
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

export async function start(site: Site): Promise<void> {
	siteName.value = site.name
	restoreModes()
	let outage: Problem | null = null
	await Promise.all([
		loadSite(),
		loadSession().catch((error) => {
			outage = toProblem(error)
		}),
	])
	const router = createRouter({
		history: createWebHashHistory(),
		routes: site.routes,
		scrollBehavior: (to, from, saved) => (to.path === from.path ? false : (saved ?? { top: 0 })),
	})
	router.beforeEach((to) => (outage ? true : site.gate(to)))
	watchPages(router)
	createApp(site.app, { outage }).use(router).mount('#app')
}
