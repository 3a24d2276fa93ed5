/*
 * A page whose script cannot be had: the line is down, or a new version is out, whose scripts have
 * other names. What the page before had to keep it kept when it was left.
 */
import { shallowRef } from 'vue'
import { START_LOCATION, type Router } from 'vue-router'
import { lineDown, Problem, problemOf, toProblem } from '@/api/client'

/* Chromium, Firefox and Safari; the style sheets of a page by Vite. */
const NO_SCRIPT = /dynamically imported module|Importing a module script failed|Unable to preload CSS/i

/* The address that could not be opened, and why; null when there is none. */
export const missing = shallowRef<{ href: string; problem: Problem } | null>(null)

/* Opens an address anew when the server answers, and says why not otherwise. */
export async function openAnew(href: string): Promise<void> {
	try {
		const answer = await fetch(href, { method: 'HEAD', cache: 'no-store' })
		if (!answer.ok) throw problemOf(answer.status, '')
		window.location.assign(href)
	} catch (error) {
		missing.value = { href, problem: error instanceof Problem ? error : lineDown() }
	}
}

export function watchScripts(router: Router): void {
	router.onError((error: Error, to, from) => {
		if (!NO_SCRIPT.test(error.message)) return
		const { href } = router.resolve(to.fullPath)
		/* a page that was just opened and lacks its script would lack it again */
		if (from === START_LOCATION) missing.value = { href, problem: toProblem(error) }
		else void openAnew(href)
	})
	router.afterEach(() => {
		missing.value = null
	})
}
