import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isPrivateKey } from '../public/parts/privateKey'

interface Row {
	name: string
	is: string
	text: string
}

/* Read by tests/unit/test_key_text.c as well. */
const file = new URL('../../tests/vectors/key_texts.json', import.meta.url)
const { texts } = JSON.parse(readFileSync(file, 'utf8')) as { texts: Row[] }

describe('a private key is known as one, and nothing else is, as on the server', () => {
	for (const row of texts) it(row.name, () => expect(isPrivateKey(row.text)).toBe(row.is === 'private'))
})
