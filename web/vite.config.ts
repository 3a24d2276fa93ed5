import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import settings from './package.json' with { type: 'json' }
import { texts as publicTexts } from './public/site.ts'
import { texts as reviewTexts } from './review/site.ts'
import { compress } from './tools/compress.ts'
import { document, downloads } from './tools/document.ts'
import { pages } from './tools/pages.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const api = process.env.JIERU_API ?? 'http://localhost:8080'

/*
 * One project, two sites: `--mode public` or `--mode review` chooses the entry. All addresses are
 * relative to <base href> in index.html, so one build works at / and behind any path prefix.
 */
export default defineConfig(({ mode }) => {
	const site = mode === 'review' ? 'review' : 'public'
	const isPublic = site === 'public'
	const rules = here(`shared/generated/${isPublic ? 'rules-public' : 'rules'}.json`)
	const resolve = { alias: { '@rules': rules, '@': here('shared') } }
	return {
		root: here('.'),
		base: './',
		publicDir: here('shared/static'),
		plugins: [
			vue(),
			document({ ...(isPublic ? publicTexts : reviewTexts), folder: site }),
			isPublic && downloads(here('shared/generated/documents')),
			compress(),
			pages(site, here(site), here(`dist/${site}.pages`), resolve),
		],
		resolve,
		define: {
			__VUE_OPTIONS_API__: 'false',
			__VUE_PROD_DEVTOOLS__: 'false',
			__VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
		},
		build: {
			outDir: here(`dist/${site}`),
			emptyOutDir: true,
			target: settings.browserslist.map((least) => least.replace(' >= ', '')),
			/* The Content-Security-Policy allows no data: addresses and no inline script. */
			assetsInlineLimit: 0,
			modulePreload: { polyfill: false },
			reportCompressedSize: false,
		},
		server: { proxy: { '/api': api, '/documents': api } },
	}
})
