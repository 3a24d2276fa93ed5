/*
 * 单位注册 between its steps, in this window's sessionStorage: what was typed, and step 1 as the server
 * accepted it, which only the server can open. So going back and forth and a reload lose nothing but
 * passwords and codes, and nothing is kept anywhere of whoever never ends.
 */
import type { Values } from '@/api/schemas'

const KEYS = { unit: 'jieru.register.unit', operator: 'jieru.register.operator', accepted: 'jieru.register.accepted' }
type Step = 'unit' | 'operator'

function put(key: string, text: string | null): void {
	try {
		if (text === null) sessionStorage.removeItem(key)
		else sessionStorage.setItem(key, text)
	} catch {
		/* not in this browser, or no room: then a reload begins anew */
	}
}

function get(key: string): string | null {
	try {
		return sessionStorage.getItem(key)
	} catch {
		return null
	}
}

export function keepTyped(step: Step, values: Values): void {
	put(KEYS[step], JSON.stringify(values))
}

export function typedOf(step: Step): Values | null {
	try {
		return JSON.parse(get(KEYS[step]) ?? 'null')
	} catch {
		return null
	}
}

/* null: step 1 has to be gone through (again). */
export function keepAccepted(sealed: string | null): void {
	put(KEYS.accepted, sealed)
}

export function acceptedUnit(): string | null {
	return get(KEYS.accepted)
}

/* It is done. */
export function forgetRegistration(): void {
	for (const key of Object.values(KEYS)) put(key, null)
}
