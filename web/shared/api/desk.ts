/* Answers of the officers' desk: lists, batches, what is kept for use. */
import type { Certification, Claim, Kind, Level, Page, StoredFile, UnitBody } from './types'

/* Working days at the desk, and how many it may take. */
export interface DeskTime {
	days: number
	target: number
	age: 'fresh' | 'soon' | 'late'
}

export interface QueueRow {
	number: string
	unit_name: string
	institution_name: string
	app_name: string | null
	business_type: string
	kind: Kind
	status: string
	status_text: string
	phase: 'apply' | 'accept'
	desk: Level | null
	desk_text: string | null
	region_name: string
	since: number
	waiting: DeskTime | null
	claim: Claim | null
	/* the bureau it lies at */
	desk_name: string | null
	/* of 已审核: this bureau's last decision */
	decision: { event: 'pass' | 'reject'; at: number; by: string | null } | null
	unread: boolean
	version: number
}

export interface QueueBody extends Page<QueueRow> {
	more: boolean
	counts: Counts
}

/* None is counted further than 1,000. */
export interface Counts {
	pending: number
	late: number
	soon: number
	unread: number
	claimed: number
}
export interface AllCounts extends Counts {
	done: number
	all: number
	overdue: number
	most: number
}

export interface BatchResult {
	number: string
	done: boolean
	status_text: string | null
	code: string | null
	text: string | null
}

export interface OpinionTemplate {
	id: number
	event: 'pass' | 'reject' | null
	title: string
	text: string
	national: boolean
	mine: boolean
}

export interface SavedFilter {
	id: number
	name: string
	query: string
}

export interface CalendarBody {
	year: number
	items: { id: number; day: string; works: boolean; name: string }[]
	targets: { desk: Level; text: string; days: number; default: number }[]
	may_edit: boolean
}

/* A unit that asked the bureau for 人工认证. */
export interface CertificationRow {
	id: number
	name: string
	uscc: string
	kind: Kind
	region_name: string
	certification: Certification
	since: number
}

export interface CertificationQueue extends Page<CertificationRow> {
	counts: { pending: number }
}

export interface CertificationBody {
	id: number
	version: number
	unit: Partial<UnitBody> & { name: string; certification: Certification }
	reason: string | null
	since: number
	licence: StoredFile | null
}
