/* The stack of the tests, started anew with other settings. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { BASE, REVIEW } from '../../tests/http/client.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

export async function restart(settings: Record<string, string>): Promise<void> {
	const args = ['--no-build', ...(process.env.UP_ARGS ?? '').split(' ').filter(Boolean)]
	execFileSync('deploy/up', args, {
		cwd: root,
		stdio: 'ignore',
		env: { ...process.env, JIERU_VAR: process.env.VAR, ...settings },
	})
	await freshConnections()
}

/*
 * Connections kept from before are closed by nginx when it likes: all that idle are taken at once,
 * until all are well.
 */
async function freshConnections(): Promise<void> {
	for (let well = 0; well < 2;) {
		const many = Array.from({ length: 32 }, (_, i) => fetch(`${i % 2 ? BASE : REVIEW}/api/v1/site`))
		const answers = await Promise.allSettled(many)
		for (const each of answers) if (each.status === 'fulfilled') await each.value.text()
		well = answers.every((each) => each.status === 'fulfilled' && each.value.ok) ? well + 1 : 0
	}
}
