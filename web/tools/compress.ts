import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const brotli = promisify(brotliCompress)
const gz = promisify(gzip)
const TEXT = /\.(js|css|html|svg|json|txt)$/
/* Below this a compressed copy saves less than its own packet. */
const SMALLEST = 512

/* Writes name.br and name.gz beside every text file, for nginx's brotli_static and gzip_static. */
export function compress(): Plugin {
	let dir = ''
	return {
		name: 'jieru-compress',
		apply: 'build',
		configResolved(config) {
			dir = config.build.outDir
		},
		async closeBundle() {
			const names = await readdir(dir, { recursive: true })
			await Promise.all(names.filter((name) => TEXT.test(name)).map((name) => one(join(dir, name))))
		},
	}
}

async function one(path: string): Promise<void> {
	const bytes = await readFile(path)
	if (bytes.length < SMALLEST) return
	const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
	await writeFile(`${path}.br`, await brotli(bytes, { params }))
	await writeFile(`${path}.gz`, await gz(bytes, { level: constants.Z_BEST_COMPRESSION }))
}
