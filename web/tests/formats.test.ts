import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { formats, idNumberValid, normalisers } from '../shared/formats'

interface Vector {
	format: string
	value: string
	valid: boolean
	normalised?: string
}

/* Read by tests/unit/test_format.c as well. */
const file = new URL('../../tests/vectors/formats.json', import.meta.url)
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vector[]

describe('formats judge as the server does', () => {
	for (const name of new Set(vectors.map((v) => v.format)))
		it(name, () => {
			for (const { value, valid, normalised } of vectors.filter((v) => v.format === name)) {
				expect(formats[name]?.(value), value).toBe(valid)
				if (valid) expect(normalisers[name]?.(value) ?? value).toBe(normalised ?? value)
			}
		})

	it('every format has vectors', () => {
		expect(Object.keys(formats).sort()).toEqual([...new Set(vectors.map((v) => v.format))].sort())
	})

	it('a number needs a type that exists', () => {
		expect(idNumberValid('id_card', '11010519491231002X')).toBe(true)
		expect(idNumberValid('uscc', '91350100M000100Y43')).toBe(false)
		expect(idNumberValid('constructor', 'x')).toBe(false)
	})
})
