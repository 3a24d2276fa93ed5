/* The small things pages say: sizes, times, names, refusals of files, the channel's key. */
import { sm2 } from 'sm-crypto'
import { isStored } from '../public/parts/keepVersion'
import { describe, expect, it } from 'vitest'
import { keyFileText, makeKeyWith, signKeyWith } from '../public/parts/channelKey'
import { clock, day, dayTime, elapsed, fileSize, maskedName, shortNumber } from '../shared/text'
import { refusal } from '../shared/upload/refusal'

describe('texts', () => {
	it('are of Asia/Shanghai, wherever the browser is', () => {
		const at = Date.UTC(2026, 3, 1, 16, 5) / 1000
		expect(day(at)).toBe('2026-04-02')
		expect(dayTime(at)).toBe('2026-04-02 00:05')
		expect(clock(at)).toBe('00:05')
		expect(day(null)).toBe('-')
	})

	it('sizes, numbers, names, waiting', () => {
		expect(fileSize(3.2 * 1048576)).toBe('3.2 MB')
		expect(fileSize(2048)).toBe('2 KB')
		expect(shortNumber('22c0123456789abcdef0123456789abc')).toBe('22c01234…9abc')
		expect([maskedName('陈示例'), maskedName('李明'), maskedName('陈*例')]).toEqual(['陈*例', '李*', '陈*例'])
		expect([elapsed(0, 3 * 86400), elapsed(0, 7200), elapsed(0, 60)]).toEqual(['3 天', '2 小时', '不到 1 小时'])
	})
})

describe('files are refused before a byte is sent', () => {
	const slot = { max_bytes: 20971520, extensions: ['pdf'], text: '' }

	it('by kind, emptiness and size, with the real size', () => {
		expect(refusal({ name: 'a.PDF', size: 20971520 }, slot)).toBe('')
		expect(refusal({ name: 'a.mp4', size: 10 }, slot)).toContain('.pdf')
		expect(refusal({ name: 'pdf', size: 10 }, slot)).toContain('不是允许的类型')
		expect(refusal({ name: 'a.pdf', size: 0 }, slot)).toContain('空文件')
		expect(refusal({ name: 'a.pdf', size: 22020096 }, slot)).toMatch(/21\.0 MB.*20\.0 MB/)
	})
})

describe('a key made in the browser', () => {
	it('signs the challenge for its own public half, and only the file holds the private one', () => {
		const made = makeKeyWith(sm2)
		const signature = signKeyWith(sm2, made, 'challenge-文本')
		const hex = (text: string) => Buffer.from(text, 'base64').toString('hex')
		expect([hex(made.publicKey).length, hex(made.privateKey).length, hex(signature).length]).toEqual([130, 64, 128])
		const options = { hash: true, userId: '1234567812345678', publicKey: hex(made.publicKey) }
		expect(sm2.doVerifySignature('challenge-文本', hex(signature), hex(made.publicKey), options)).toBe(true)
		expect(sm2.doVerifySignature('another', hex(signature), hex(made.publicKey), options)).toBe(false)
		expect(keyFileText(made, 'abc')).toContain(made.privateKey)
	})
})

describe('a save whose answer never came', () => {
	const stored = {
		version: 4,
		answers: { contact_name: '孙联系', remark: null, purchase_channels: ['meituan'], agreement: '0a' },
		files: { agreement: { id: '0a', name: '协议.pdf', size: 1 } },
	}
	it('was done when what is stored is what was sent', () => {
		expect(
			isStored({ contact_name: '孙联系', remark: '', purchase_channels: ['meituan'], agreement: '0a' }, stored),
		).toBe(true)
		expect(isStored({ contact_name: '周联系' }, stored)).toBe(false)
		expect(isStored({ agreement: '0b' }, stored)).toBe(false)
	})
})
