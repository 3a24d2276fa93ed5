import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runnerImport, type InlineConfig, type Plugin } from 'vite'
import { createRouterMatcher, type RouteRecordRaw } from 'vue-router'

/* The route that takes whatever no other does is no page. */
const REST = '/:rest(.*)*'

/* The table is wanted, not what its pages do when they are loaded. */
const withoutPages: Plugin = {
	name: 'jieru-without-pages',
	enforce: 'pre',
	load: (id) => (id.endsWith('.vue') ? 'export default {}' : null),
}

/*
 * Writes dist/<site>.pages: the addresses of routes.ts as lines of an nginx map, so that the server
 * answers 404 where the page says that there is none.
 */
export function pages(site: string, root: string, target: string, resolve: InlineConfig['resolve']): Plugin {
	return {
		name: 'jieru-pages',
		apply: 'build',
		async closeBundle() {
			const config: InlineConfig = {
				configFile: false,
				logLevel: 'error',
				root,
				plugins: [withoutPages],
				resolve,
			}
			const { routes } = (await runnerImport<{ routes: RouteRecordRaw[] }>(join(root, 'routes.ts'), config))
				.module
			const table = routes.filter(({ path }) => path !== REST)
			if (table.length + 1 !== routes.length) throw new Error(`${site}: no last route ${REST}`)
			const lines = createRouterMatcher(table, {})
				.getRoutes()
				.map(({ re }) => `"~*^${site}:${patternOf(re)}" 1;\n`)
			await writeFile(target, lines.sort().join(''))
		},
	}
}

/* What vue-router matches with, as PCRE reads it: \/ is a slash, and the start is the caller's. */
function patternOf(re: RegExp): string {
	return re.source.replaceAll('\\/', '/').replace(/^\^/, '')
}
