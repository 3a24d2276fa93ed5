/*
 * Saving over a line that may break: a save whose answer never came may have been done all the same.
 * The next one is then refused as out of date, though nobody else wrote. What is stored is read back;
 * if it is what we sent, it was ours, and saving goes on from there.
 */
import { toProblem } from '@/api/client'
import type { Files, Values } from '@/api/schemas'

interface Stored {
	version: number
	answers: Values
	files: Files
}

const plain = (value: unknown) => (value === undefined || value === null || value === '' ? '[]' : JSON.stringify(value))

export function isStored(sent: object, stored: Stored): boolean {
	return Object.entries(sent).every(
		([name, value]) => plain(value) === plain(stored.files[name]?.id ?? stored.answers[name]),
	)
}

/* `send`: what was filled in, and the version it was made from. */
export function keepVersion<Sent extends object>(
	send: (body: Sent & { version: number }) => Promise<{ version: number }>,
	readBack: () => Promise<Stored>,
) {
	let unsure: Sent[] = []

	return async function save(answers: Sent, version: number): Promise<number> {
		const put = async (from: number) => (await send({ ...answers, version: from })).version
		try {
			const made = await put(version)
			unsure = []
			return made
		} catch (error) {
			const problem = toProblem(error)
			if (problem.isOutage) unsure.push(answers)
			if (problem.status !== 409 || !unsure.length) throw error
			const stored = await readBack()
			if (!unsure.some((sent) => isStored(sent, stored))) throw error
			unsure = []
			return put(stored.version)
		}
	}
}
