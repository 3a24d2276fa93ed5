/*
 * Saving over a line that may break: a save whose answer never came may have been done all the same.
 * The next one is then refused as out of date, though nobody else wrote. What is stored is read back;
 * if it is what we sent, it was ours, and saving goes on from there.
 */
import { api, toProblem } from '@/api/client'
import type { Answers, Files } from '@/api/types'

interface Stored {
	version: number
	answers: Answers
	files: Files
}

const plain = (value: unknown) => (value === undefined || value === null || value === '' ? '[]' : JSON.stringify(value))

export function isStored(sent: Answers, stored: Stored): boolean {
	return Object.entries(sent).every(
		([name, value]) => plain(value) === plain(stored.files[name]?.id ?? stored.answers[name]),
	)
}

export function keepVersion(path: () => string, readBack: () => Promise<Stored>) {
	let unsure: Answers[] = []

	return async function save(answers: Answers, version: number): Promise<number> {
		const put = async (from: number) =>
			(await api.put<{ version: number }>(path(), { ...answers, version: from })).version
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
