/* 批注 as pages need them: which round they are of, by field, and where in a file. */
import type { Answer } from '@/api/schemas'

export type Notes = Record<string, Answer<'pin'>[]>

/* Those sent since the last 提交 of the phase; back 1: in the round before it. */
export function pinsOf(records: Answer<'record'>[], phase: Answer<'record'>['phase'], back = 0): Answer<'pin'>[] {
	const found: Answer<'pin'>[] = []
	let round = 0
	for (const record of [...records].reverse()) {
		if (record.phase !== phase) continue
		if (record.event === 'submit' && !record.pending) {
			if (round === back) break
			round++
		} else if (round === back) found.unshift(...(record.pins ?? []))
	}
	return found
}

/* The last 驳回, of whichever phase. */
export function lastRejection(records: Answer<'record'>[]): Answer<'record'> | undefined {
	return [...records].reverse().find((record) => record.event === 'reject')
}

export function byField(pins: Answer<'pin'>[]): Notes {
	const notes: Notes = {}
	for (const pin of pins) (notes[pin.field] ??= []).push(pin)
	return notes
}

/* 1:05 */
export function minutes(seconds: number): string {
	return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
}

/* 第 3 页, 1:15 处; empty for a whole field. */
export function placeText(pin: Pick<Answer<'pin'>, 'kind' | 'place'>): string {
	if (!pin.place) return ''
	return pin.kind === 'page' ? `第 ${pin.place} 页` : `${minutes(pin.place)} 处`
}
