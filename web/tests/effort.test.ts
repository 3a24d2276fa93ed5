import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { effort, sha256Head } from '@/effort'

const head = (text: string) => createHash('sha256').update(text).digest().readUInt32BE()

test('the digest is that of FIPS 180-4, whatever the length', () => {
	for (let length = 0; length <= 55; length++) {
		const text = 'abcdefghijklmnopqrstuvwxyz0123456789'.repeat(2).slice(0, length)
		expect(sha256Head(text)).toBe(head(text))
	}
})

test('what it finds is what is asked for', async () => {
	const id = '0123456789abcdef0123456789abcdef'
	for (const bits of [0, 1, 8, 12]) expect(head(`${id}.${await effort(id, bits)}`)).toBeLessThan(2 ** (32 - bits))
})
