import { defineConfig } from '@playwright/test'

/*
 * tests/run starts a portal for each worker, with what has to be in its environment; this is a worker, or
 * who starts them.
 */
const stacks: Record<string, string>[] = JSON.parse(process.env.STACKS ?? '[]')
Object.assign(process.env, stacks[Number(process.env.TEST_PARALLEL_INDEX ?? 0)])

/*
 * Walks through a running portal as people do. Environment: BASE and REVIEW (addresses of the two
 * sites), VAR (state directory of deploy/up: captcha answers and SMS texts are read there),
 * SAMPLES (files made by tests/samples/make). `tests/run web` sets them all.
 */
export default defineConfig({
	testDir: 'e2e',
	/* Pictures are made on request, they prove nothing by themselves: npm run shots, npm run guide. */
	testMatch: process.env.SHOTS ? 'shots.ts' : process.env.GUIDE ? 'guide.ts' : '*.spec.ts',
	workers: stacks.length || 1,
	fullyParallel: false,
	retries: 0,
	timeout: 240_000,
	expect: { timeout: 20_000 },
	reporter: 'list',
	use: {
		baseURL: process.env.BASE ?? 'http://localhost:8080',
		locale: 'zh-CN',
		viewport: { width: 1280, height: 900 },
		actionTimeout: 20_000,
		navigationTimeout: 20_000,
		screenshot: 'only-on-failure',
		launchOptions: {
			executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
			],
		},
	},
})
