/* How times, sizes and numbers are written for people. The country keeps one time zone. */
const AHEAD = 8 * 3600 /* seconds before UTC, summer and winter */

/* 2026-04-01T09:21…, without Intl: loading its tables costs a phone a fifth of a second. */
function local(seconds: number): string {
	return new Date((seconds + AHEAD) * 1000).toISOString()
}

/* 2026-04-01 */
export function day(seconds: number | null | undefined): string {
	if (!seconds) return '-'
	return local(seconds).slice(0, 10)
}

/* 2026-04-01 09:21 */
export function dayTime(seconds: number | null | undefined): string {
	if (!seconds) return '-'
	return local(seconds).slice(0, 16).replace('T', ' ')
}

/* 09:21 */
export function clock(seconds: number): string {
	return local(seconds).slice(11, 16)
}

/* 3.2 MB; below a tenth of one, KB. */
export function fileSize(bytes: number): string {
	const mb = bytes / 1048576
	return mb < 0.1 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${mb.toFixed(1)} MB`
}

/* 32 characters are too many for a cell: the first eight and the last four. */
export function shortNumber(number: string): string {
	return number.length > 16 ? `${number.slice(0, 8)}…${number.slice(-4)}` : number
}

/* 2 天, 3 小时, 刚刚 */
export function elapsed(since: number, now: number): string {
	const hours = Math.floor((now - since) / 3600)
	if (hours >= 24) return `${Math.floor(hours / 24)} 天`
	return hours >= 1 ? `${hours} 小时` : '不到 1 小时'
}

/* 陈*例: the header shows who is signed in without the whole name. */
export function maskedName(name: string): string {
	const letters = [...name]
	if (letters.length < 2 || name.includes('*')) return name
	const last = letters.length > 2 ? letters[letters.length - 1] : ''
	return `${letters[0]}${'*'.repeat(Math.max(1, letters.length - 2))}${last}`
}
