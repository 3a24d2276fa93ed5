/*
 * Step 1 of 单位注册 as it was sent, until step 2 is done: a session that ran out in between is given
 * it again. In the page's memory only, for there are passwords in it; a reload begins with step 1.
 */
import { api, Problem } from '@/api/client'
import type { Sent } from '@/api/schemas'

let unit: Sent<'register_unit'> | null = null

export function keepUnit(sent: Sent<'register_unit'> | null): void {
	unit = sent
}

/* again: not a copy of the request that was refused, which would be refused the same. */
export async function withUnit<T>(deed: (again: boolean) => Promise<T>): Promise<T> {
	try {
		return await deed(false)
	} catch (error) {
		if (!unit || !(error instanceof Problem) || error.code !== 'WRONG_STATE') throw error
		await api.put('registration/unit', unit)
		return deed(true)
	}
}
