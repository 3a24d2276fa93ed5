/* What people type and paste is read as it is meant: full width, blanks, marks nobody sees. */
import { describe, expect, it } from 'vitest'
import { clean } from '../shared/form/asked'
import { fieldError } from '../shared/form/check'
import { dayIn } from '../shared/formats'
import { fieldSpec } from '../shared/rules'

const read = (form: string, name: string, value: string) => clean(fieldSpec(form, name), value)

describe('numbers and codes', () => {
	it('are read in full width, with blanks and with marks of a copied contact', () => {
		expect(read('register_unit', 'uscc', '　９１３５ ０１００ m000100y４３ ')).toBe('91350100M000100Y43')
		for (const text of [
			'１３８００１３８０００',
			'138 0013 8000',
			'138-0013-8000',
			'+86 138-0013-8000',
			'\u202a13800138000\u202c',
			'\u00a013800138000',
		])
			expect(read('register_operator', 'phone', text), text).toBe('13800138000')
		expect(read('register_operator', 'id_no', '１１０１０５ 19491231 002x')).toBe('11010519491231002x')
		expect(read('register_operator', 'sms_code', '１２ ３４ ５６')).toBe('123456')
		expect(read('login_unit', 'account', ' 9135 0100 M000100Y43\u200b')).toBe('91350100M000100Y43')
		expect(read('login_unit', 'captcha', 'ＡＢ３ｄ')).toBe('AB3d')
		expect(read('application', 'contact_phone', '０２０－８１２３４５６７')).toBe('020-81234567')
		expect(read('application', 'contact_email', 'ａ＠ｂ．ｃｎ')).toBe('a@b.cn')
	})

	it('are refused when they are wrong however they are written', () => {
		expect(fieldError(fieldSpec('register_operator', 'phone'), '１３８００１３８００')).not.toBe('')
		expect(fieldError(fieldSpec('register_operator', 'phone'), '１３８００１３８０００')).toBe('')
	})
})

describe('words', () => {
	it('keep their blanks, their full width and their lines', () => {
		expect(read('application', 'app_name', ' My App ')).toBe('My App')
		expect(read('register_unit', 'name', '示例医院（总院）')).toBe('示例医院（总院）')
		expect(read('application', 'remark', '１．补充\n２．说明')).toBe('１．补充\n２．说明')
	})

	it('passwords are what was typed', () => {
		expect(read('register_unit', 'password', ' ａ1 ')).toBe(' ａ1 ')
	})
})

describe('a pasted day', () => {
	it('is read as people write it, and only if it is one', () => {
		for (const text of [
			'2020-01-02',
			'2020/1/2',
			'2020.01.02',
			'20200102',
			'2020年1月2日',
			'２０２０年１月２日',
			' 2020 年 1 月 2 日 ',
		])
			expect(dayIn(text), text).toBe('2020-01-02')
		for (const text of ['2020-02-30', '2020-1', '长期', '2020010', '1/2/2020', ''])
			expect(dayIn(text), text).toBeNull()
	})
})
