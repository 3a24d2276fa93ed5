/* How the statuses look. */
export type Tone = 'run' | 'ok' | 'bad' | 'wait' | 'plain'

const tones: Record<string, Tone> = {
	apply_review: 'run',
	accept_review: 'run',
	applied: 'ok',
	accepted: 'ok',
	apply_rejected: 'bad',
	accept_rejected: 'bad',
	/* certification of a unit */
	passed: 'ok',
	failed: 'bad',
	expired: 'bad',
	manual: 'run',
	checking: 'run',
	revoked: 'bad',
	/* 申诉 */
	waiting: 'run',
	upheld: 'ok',
	dismissed: 'bad',
}

export function toneOf(status: string): Tone {
	return tones[status] ?? 'plain'
}
