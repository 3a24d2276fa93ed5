/*
 * The named formats of the tables (a field's `format`), so that the browser can say at once what
 * the server would refuse. Namesakes of handlers/rules/check/format.h, where the sources of the rules
 * stand; tests/vectors/formats.json holds the two to the same verdicts.
 */
import commonPasswords from '../../handlers/rules/check/common_password.def?raw'

type Check = (text: string) => boolean
type Normalise = (text: string) => string

const SYMBOLS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const USCC_SHAPE = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/i

const upper: Normalise = (text) => text.replace(/[a-z]/g, (c) => c.toUpperCase())
const lower: Normalise = (text) => text.replace(/[A-Z]/g, (c) => c.toLowerCase())

const uscc: Check = (text) => {
	if (!USCC_SHAPE.test(text)) return false
	let sum = 0
	let weight = 1
	for (const symbol of upper(text).slice(0, 17)) {
		sum += SYMBOLS.indexOf(symbol) * weight
		weight = (weight * 3) % 31
	}
	return (sum + SYMBOLS.indexOf(upper(text).charAt(17))) % 31 === 0
}

/* A day of the calendar, year 1800 to 9999, from yyyy, MM and dd in digits. */
function isDay(yyyy: string, mm: string, dd: string): boolean {
	const [year, month, day] = [Number(yyyy), Number(mm), Number(dd)]
	const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
	return year >= 1800 && month >= 1 && month <= 12 && day >= 1 && day <= last
}

const date: Check = (text) =>
	/^\d{4}-\d{2}-\d{2}$/.test(text) && isDay(text.slice(0, 4), text.slice(5, 7), text.slice(8))

const order_no: Check = (text) => {
	const parts = /^ORD\d{6}(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\d{7}$/i.exec(text)?.slice(1) ?? []
	const [year = '', month = '', day = '', hour, minute, second] = parts
	return isDay(year, month, day) && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
}

/* 17 digits and a check character by ISO 7064 MOD 11-2. */
function mod112(text: string): boolean {
	const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
	if (!/^\d{17}[\dX]$/i.test(text)) return false
	const sum = weights.reduce((total, weight, i) => total + Number(text[i]) * weight, 0)
	return upper(text).charAt(17) === '10X98765432'.charAt(sum % 11)
}

const id_card: Check = (text) => mod112(text) && isDay(text.slice(6, 10), text.slice(10, 12), text.slice(12, 14))

/* "１３８ 0013" -> "138 0013": what an input method or a paste makes of ASCII, without marks nobody sees. */
export function halfWidth(text: string): string {
	return text
		.replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g, '')
		.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
		.replace(/\s/g, ' ')
		.trim()
}

/* "2020年1月1日", "2020/1/1", "20200101" -> "2020-01-01"; null: no day. */
export function dayIn(text: string): string | null {
	const found = /^(\d{4})(?: ?[-./年] ?(\d{1,2}) ?[-./月] ?(\d{1,2}) ?日?|(\d\d)(\d\d))$/.exec(halfWidth(text))
	if (!found) return null
	const [, year = '', month, day, month8, day8] = found
	const made = [year, month ?? month8, day ?? day8].map((part) => String(part).padStart(2, '0')).join('-')
	return date(made) ? made : null
}

/* "+86 138 0013 8000" -> "13800138000"; null: not a mobile number. */
export function mobileNormalise(text: string): string | null {
	return /^(?:\+?86)?(1[3-9]\d{9})$/.exec(text.replace(/ /g, ''))?.[1] ?? null
}

const mobile: Check = (text) => mobileNormalise(text) !== null

const contact_phone: Check = (text) =>
	mobile(text) || /^0\d{2,3}-?\d{7,8}(-\d{1,6})?$/.test(text) || /^[48]00(\d{7}|-\d{7}|-\d{3}-\d{4})$/.test(text)

const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?'
const EMAIL = new RegExp(`^(${ATOM}(?:\\.${ATOM})*)@((?:${LABEL}\\.)+(${LABEL}))$`)

const email: Check = (text) => {
	const [, local = '', domain = '', last = ''] = EMAIL.exec(text) ?? []
	if (text.length > 100 || local.length > 64 || last.length < 2) return false
	return /[A-Za-z]/.test(last) && domain.split('.').every((label) => label.length <= 63)
}

/* What the reader takes it for: full-width ASCII for ASCII, any full stop for a dot. */
const asRead = (text: string) =>
	text
		.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
		.replace(/[\u3002\uff61]/g, '.')
		.replace(/[\u3000\u00a0]/g, ' ')

const STROKES = ' \\-_.,，、·()+‐–—'
const DIGIT = '(?:[0-9零〇一二三四五六七八九\\u2460-\\u2468]|\\ud835[\\udfce-\\udfff])'
const TELEPHONE = new RegExp(`(?:${DIGIT}[${STROKES}]*){7}`)
const DOMAIN = new RegExp(`[^${STROKES}]\\.(?:[A-Za-z]{2}|中国|公司|网络|网址)`)
// eslint-disable-next-line no-control-regex -- what hides or reorders: fcgi/base/text.c
const HIDDEN = /[\0-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/

/* Nothing but a name: no address, no telephone number however it is written, nothing that hides. */
const unit_name: Check = (text) => {
	const read = asRead(text)
	return !HIDDEN.test(text) && !/[/\\@]/.test(read) && !DOMAIN.test(read) && !TELEPHONE.test(read)
}

const account: Check = (text) => /^[A-Za-z0-9_.@-]{4,32}$/.test(text) && !USCC_SHAPE.test(text)

const common = new Set(Array.from(commonPasswords.matchAll(/^COMMON\("(.+)"\)$/gm), (found) => found[1]))

const password: Check = (text) =>
	/^[ -~]{8,16}$/.test(text) && /[A-Za-z]/.test(text) && /\d/.test(text) && !common.has(lower(text))

/* By 证件类型; the type is another field, so no table row can name these. */
const idNumbers: Record<string, Check> = {
	id_card,
	hkmo_permit: (text) => /^[HM]\d{8}(\d{2})?$/i.test(text),
	tw_permit: (text) => /^(\d{8}|\d{10}[0-9A-Z]?)$/i.test(text),
	hkmotw_residence: (text) => /^8[123]0000/.test(text) && mod112(text),
	foreign_pr: (text) => (text.startsWith('9') && mod112(text)) || /^[A-Z]{3}\d{12}$/i.test(text),
	passport: (text) => /^[A-Z0-9]{5,15}$/i.test(text),
}

/* Is text a number of that 证件类型? false for a type that does not exist. */
export function idNumberValid(type: string, text: string): boolean {
	return Object.keys(idNumbers).includes(type) && idNumbers[type]!(text)
}

export const formats: Record<string, Check> = {
	uscc,
	institution_code: (text) => /^[HP]\d{11}$/i.test(text),
	order_no,
	auth_code: (text) => /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(text),
	application_number: (text) => /^[\da-f]{32}$/.test(text),
	date,
	mobile,
	contact_phone,
	postcode: (text) => /^\d{6}$/.test(text),
	email,
	unit_name,
	account,
	password,
	...idNumbers,
}

/* How an accepted text is kept, where that is not as typed. */
export const normalisers: Record<string, Normalise> = {
	uscc: upper,
	institution_code: upper,
	order_no: upper,
	auth_code: lower,
	mobile: (text) => mobileNormalise(text.replace(/-/g, '')) ?? text,
	contact_phone: (text) => mobileNormalise(text.replace(/-/g, '')) ?? text,
	...Object.fromEntries(Object.keys(idNumbers).map((type) => [type, upper])),
}
