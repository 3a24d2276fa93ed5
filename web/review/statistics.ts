/* 统计: what is asked for, which lives in the address, and how figures are written. */
import type { LocationQuery } from 'vue-router'
import type { Answer, Level } from '@/api/schemas'
import { rules } from '@/rules'

type Figures = Answer<'figures'>

export interface Asked {
	region: string
	from: string
	to: string
	phase: string
	desk: string
}
export const levels = rules.desks as { code: Level; text: string }[]

/* How a figure is found, called and written. */
export interface Metric {
	code: string
	text: string
	unit: string
	of: (row: Figures, desk: Level) => number | null
}
export const metrics: Metric[] = [
	{ code: 'submitted', text: '提交', unit: '件', of: (row) => row.submitted },
	{ code: 'decided', text: '审核', unit: '件', of: (row, desk) => row.desks[desk].decided },
	{ code: 'passed', text: '通过', unit: '件', of: (row, desk) => row.desks[desk].passed },
	{ code: 'rejected', text: '驳回', unit: '件', of: (row, desk) => row.desks[desk].rejected },
	{ code: 'pass_rate', text: '通过率', unit: '%', of: (row, desk) => tenth(row.desks[desk].pass_rate) },
	{ code: 'median', text: '中位用时', unit: '工作日', of: (row, desk) => row.desks[desk].median_days },
	{ code: 'ninetieth', text: '九成用时', unit: '工作日', of: (row, desk) => row.desks[desk].ninetieth_days },
]

function tenth(rate: number | null): number | null {
	return rate === null ? null : rate / 10
}

/* 12,345; 86.3; – where there is nothing to say */
export function figure(metric: Metric, row: Figures, desk: Level): string {
	const value = metric.of(row, desk)
	if (value === null) return '–'
	return metric.code === 'pass_rate' ? `${value.toFixed(1)}%` : value.toLocaleString('zh-CN')
}

/* "2026-03", `back` months before the one it is now in Shanghai */
export function monthBack(back: number, now = Date.now()): string {
	const at = new Date(now + 8 * 3600 * 1000)
	const count = at.getUTCFullYear() * 12 + at.getUTCMonth() - back
	return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`
}

/* 2026 年 3 月 */
export function monthText(month: string): string {
	return `${Number(month.slice(0, 4))} 年 ${Number(month.slice(5))} 月`
}

export function askedOf(query: LocationQuery, desk: Level): Asked {
	const text = (name: string, otherwise = '') =>
		typeof query[name] === 'string' && query[name] ? query[name] : otherwise
	return {
		region: text('region'),
		from: text('from', monthBack(11)),
		to: text('to', monthBack(0)),
		phase: text('phase'),
		desk: text('desk', desk),
	}
}

/* What the figures hang on; the desk only chooses among them. */
export function queryOf({ region, from, to, phase }: Asked) {
	return { from, to, region, phase }
}
