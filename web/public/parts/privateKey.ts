/*
 * Is a private key among what was pasted? Asked before anything leaves the page; the server asks
 * again (handlers/key/key_text.c). Both are held equal by tests/vectors/key_texts.json.
 */
export const GIVEN_AWAY =
	'您填写的是私钥，已从页面清除，没有发送。私钥一经提供给他人即应视为已泄露：请停用这对密钥，重新生成一对，只上报公钥'

type Bytes = string /* one character each */

const fromHex = (hex: string): Bytes =>
	String.fromCharCode(...(hex.match(/../g) ?? []).map((byte) => parseInt(byte, 16)))
const isHex = (text: string) => /^[0-9a-f]+$/i.test(text)

/* Between the lines of PEM, or the digits `openssl -text` prints; else all of it. */
function bodyOf(text: string): string {
	for (const [, name, body] of text.matchAll(/-----BEGIN (.*?)-----([^]*?)(?=-----|$)/g))
		if (!name!.includes('PARAMETERS')) return body!
	return /pub:([0-9a-f:\s]*?)(?=ASN1|[^0-9a-f:\s]|$)/i.exec(text)?.[1] ?? text
}

/* Without what stands around a key or within it. */
function cleaned(text: string): string {
	return bodyOf(text)
		.replace(/\\[nrt]?/g, '')
		.replace(/(^|[\s:;,"'`{}[\]()<>\u0080-\uffff])0x/gi, '$1')
		.replace(/[\s:;,"'`{}[\]()<>\u0080-\uffff]/g, '')
		.replace(/-/g, '+')
		.replace(/_/g, '/')
}

/* Hex, or base64 of bytes or of such a text. */
function bytesOf(text: string, deep = 2): Bytes | null {
	const clean = cleaned(text)
	let bytes: Bytes
	if (!clean) return null
	if (isHex(clean) && clean.length % 2 === 0) {
		bytes = fromHex(clean)
	} else {
		try {
			bytes = atob(clean.replace(/=+$/, ''))
		} catch {
			return null
		}
	}
	return (deep && /^[\t\r\n -~]+$/.test(bytes) && bytesOf(bytes, deep - 1)) || bytes
}

/* What is in the SEQUENCE it begins with; null: it begins with none. */
function sequence(bytes: Bytes): Bytes | null {
	if (bytes.length < 2 || bytes[0] !== '0') return null
	const length = bytes.charCodeAt(1)
	return bytes.slice(length > 0x80 ? 2 + (length & 3) : 2)
}

/* What the first element of the outermost SEQUENCE begins with: SEC1, PKCS#8 twice, RSA, PKCS#12. */
const BEGINS = ['\x02\x01\x01\x04', '\x02\x01\x00\x30', '\x02\x01\x01\x30', '\x02\x01\x00\x02', '\x02\x01\x03\x30']
/* Encrypted PKCS#8 begins with the way it is encrypted: PKCS#5, PKCS#12, GM/T 0091. */
const WAYS = [
	'\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x05',
	'\x06\x0a\x2a\x86\x48\x86\xf7\x0d\x01\x0c',
	'\x06\x0a\x2a\x81\x1c\xcf\x55\x06\x01\x04\x01\x05',
]

function isSecretStructure(bytes: Bytes): boolean {
	const outer = sequence(bytes)
	if (outer === null) return bytes.startsWith('\xfe\xed\xfe\xed') || bytes.startsWith('\xce\xce\xce\xce')
	const inner = sequence(outer)
	return (
		BEGINS.some((mark) => outer.startsWith(mark)) || (inner !== null && WAYS.some((mark) => inner.startsWith(mark)))
	)
}

/* A number of 32 bytes, give or take the zeros it begins with; 33 bytes of a point are none. */
const isSecretNumber = (bytes: Bytes) =>
	(bytes.length >= 30 && bytes.length <= 32) || (bytes.length === 33 && bytes[0] === '\0')
const isNumberText = (clean: string) =>
	/^\d{70,78}$/.test(clean) || (/^[0-9a-f]{58,66}$/i.test(clean) && !/^0[23].{64}$/.test(clean))

/* eslint-disable no-control-regex -- these are bytes */
function isPoint(bytes: Bytes): boolean {
	if (/\x03\x42\x00\x04[^]{64}|\x03\x22\x00[\x02\x03][^]{32}/.test(bytes)) return true
	return (
		bytes.length === 64 ||
		(bytes.length === 65 && bytes[0] === '\x04') ||
		(bytes.length === 33 && /^[\x02\x03]/.test(bytes))
	)
}
/* eslint-enable no-control-regex */

/* One of several things; but x and y, or r and s, belong together. */
function isAmong(text: string): boolean {
	const pieces = text.match(/[\w+/-]+/g) ?? []
	const numbers = pieces.filter((piece) => /^(0x)?[0-9a-f]{58,64}$/i.test(piece) || piece.length === 43)
	const names = pieces.filter((piece) => /^[xyrs]$/i.test(piece))
	return numbers.length > 0 && !(numbers.length === 2 && names.length === 2)
}

export function isPrivateKey(text: string): boolean {
	if (/private key|priv:/i.test(text) || isNumberText(cleaned(text))) return true
	const bytes = bytesOf(text)
	if (bytes === null) return isAmong(text)
	if (isSecretNumber(bytes) || isSecretStructure(bytes) || bytes.includes('PRIVATE KEY')) return true
	return sequence(bytes) === null && !isPoint(bytes) && isAmong(text)
}
