import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { compress } from './tools/compress.ts'
import { pages } from './tools/pages.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/*
 * One project, two sites: `--mode public` or `--mode review` chooses the entry. All addresses are
 * relative to <base href> in index.html, so one build works at / and behind any path prefix.
 */
export default defineConfig(({ mode }) => {
	const site = mode === 'review' ? 'review' : 'public'
	const rules = here(`shared/generated/${site === 'public' ? 'rules-public' : 'rules'}.json`)
	const resolve = { alias: { '@rules': rules, '@': here('shared') } }
	return {
		root: here(site),
		base: './',
		plugins: [vue(), compress(), pages(site, here(site), here(`dist/${site}.pages`), resolve)],
		resolve,
		define: {
			__VUE_OPTIONS_API__: 'false',
			__VUE_PROD_DEVTOOLS__: 'false',
			__VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
		},
		build: {
			outDir: here(`dist/${site}`),
			emptyOutDir: true,
			target: ['chrome87', 'edge88', 'firefox78', 'safari14'],
			/* The Content-Security-Policy allows no data: addresses and no inline script. */
			assetsInlineLimit: 0,
			modulePreload: { polyfill: false },
			reportCompressedSize: false,
		},
		server: { proxy: { '/api': process.env.JIERU_API ?? 'http://localhost:8080' } },
	}
})
