/*
 * The work an SMS asks of the browser: a number that, behind the captcha's id and a point, makes SHA-256
 * begin with so many zero bits. By hand, as crypto.subtle is not there over http; in slices, so that the
 * page goes on.
 */
const SLICE = 2000

/* The first 32 bits of the fractions of a function of the primes, as FIPS 180-4 makes its constants. */
function fractions(count: number, of: (prime: number) => number): Uint32Array {
	const found = new Uint32Array(count)
	for (let n = 2, i = 0; i < count; n++) {
		let prime = true
		for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false
		if (prime) found[i++] = (of(n) % 1) * 2 ** 32
	}
	return found
}
const START = fractions(8, Math.sqrt)
const ROUND = fractions(64, Math.cbrt)

/* SHA-256 of up to 55 bytes of ASCII, its first 32 bits. */
export function sha256Head(text: string): number {
	const w = new Uint32Array(64)
	for (let i = 0; i < text.length; i++) w[i >> 2]! |= text.charCodeAt(i) << (24 - (i % 4) * 8)
	w[text.length >> 2]! |= 0x80 << (24 - (text.length % 4) * 8)
	w[15] = text.length * 8
	const turn = (x: number, n: number) => (x >>> n) | (x << (32 - n))
	for (let i = 16; i < 64; i++) {
		const a = w[i - 15]!
		const b = w[i - 2]!
		w[i] =
			w[i - 16]! + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7]! + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))
	}
	let [a, b, c, d, e, f, g, h] = START as unknown as [number, number, number, number, number, number, number, number]
	for (let i = 0; i < 64; i++) {
		const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUND[i]! + w[i]!) | 0
		const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
		h = g
		g = f
		f = e
		e = (d + one) | 0
		d = c
		c = b
		b = a
		a = (one + two) | 0
	}
	return (START[0]! + a) >>> 0
}

export async function effort(id: string, bits: number): Promise<string> {
	const below = 2 ** (32 - bits)
	for (let n = 0; ; n++) {
		if (sha256Head(`${id}.${n}`) < below) return String(n)
		if (n % SLICE === SLICE - 1) await new Promise((done) => setTimeout(done))
	}
}
