import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/* index.html stands once: {{name}} in it is what the site's own texts call so. */
export function document(texts: Record<string, string>): Plugin {
	const filled = (html: string) => html.replace(/{{(\w+)}}/g, (_, name: string) => texts[name] ?? '')
	return { name: 'jieru-document', transformIndexHtml: { order: 'pre', handler: filled } }
}

/* What people download lies under documents/ of the site; a server for developing asks a portal for it. */
export function downloads(folder: string): Plugin {
	return {
		name: 'jieru-downloads',
		apply: 'build',
		async generateBundle() {
			for (const name of await readdir(folder))
				this.emitFile({
					type: 'asset',
					fileName: `documents/${name}`,
					source: await readFile(join(folder, name)),
				})
		},
	}
}
