import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
	resolve: { alias: { '@rules': here('shared/generated/rules.json'), '@': here('shared') } },
	test: { include: ['tests/**/*.test.ts'], environment: 'node' },
})
