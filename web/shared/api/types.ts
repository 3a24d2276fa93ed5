/* The answers of the API as the pages read them. */
export type Kind = 'hospital' | 'pharmacy'
export type Certification = 'none' | 'passed' | 'failed' | 'manual' | 'expired'
export type Level = 'local' | 'province' | 'nation'
export type Answer = string | number | boolean | string[] | null
export type Answers = Record<string, Answer>

export interface Institution {
	id: number
	code: string
	name: string
	region: string
	region_name: string
}

/* Of the staff: what role.def calls them. */
export type Role = 'officer' | 'sysadmin' | 'secadmin' | 'auditor'

export interface SessionBody {
	kind: 'none' | 'unit' | 'operator' | 'officer'
	csrf: string
	idle_seconds: number
	absolute_seconds: number
	must_change_password: boolean
	user: { name: string; phone?: string; account?: string; totp?: boolean; may_download?: boolean } | null
	/* of the staff; null for everybody else */
	role: Role | null
	/* the time before this one */
	last_login?: { at: number; address: string } | null
	/* an officer who has yet to give his dynamic code, or to set it up */
	second_factor?: 'code' | 'enrol' | null
	unit: { id: number; name: string; kind: Kind; certification: Certification } | null
	institution: Institution | null
	grants: string[]
	bureau: { id: number; name: string; level: Level; region: string } | null
	unread: number
}

export interface SiteBody {
	operator?: string
	icp?: string
	police?: string
	code?: string
	address?: string
	phone?: string
}

export interface Region {
	code: string
	name: string
	level: 2 | 3 | 4
	kind: 'area' | 'direct' | 'placeholder'
	leaf: boolean
}

export interface Task {
	code: 'certify' | 'operator' | 'grant' | 'apply'
	state: 'done' | 'todo' | 'wait'
}

export interface UnitBody {
	account: string
	name: string
	kind: Kind
	region: string
	region_name: string
	uscc: string
	address: string
	postcode: string | null
	legal_name: string
	legal_id_type: string
	legal_id_no: string
	legal_phone: string
	certification: Certification
	certification_reason: string | null
	certified_at: number | null
	certified_until: number | null
	licence: { id: string; name: string; size: number } | null
	tasks: Task[]
}

export interface UnitChoice {
	id: number
	name: string
	uscc: string
	certification: Certification
}

export interface Operator {
	id: number
	name: string
	phone: string
	id_type: string
	id_no: string
	grants: string[]
	bound_at: number
	only: boolean
}

export type Next = 'continue' | 'detail' | 'accept' | 'resubmit' | 'accept_resubmit' | 'accept_continue'

export interface ApplicationRow {
	number: string
	app_name: string | null
	business_type: string | null
	state: string
	status: string
	status_text: string
	province_city: string
	third_channel: string | null
	updated_at: number
	version: number
	next: Next
}

export interface Page<T> {
	items: T[]
	next: string | null
	total?: number
}

export interface StoredFile {
	id: string
	name: string
	size: number
	type?: string
	/* by the virus scanner; absent where there is none */
	scan?: 'waiting' | 'clean' | 'infected'
	fresh?: boolean /* it arrived just now: its scan is not known yet */
	digest?: string
}

export type Files = Record<string, StoredFile>

/* 批注: pinned to a field, or in its file to a page or a second. */
export interface Pin {
	id: number
	field: string
	kind: 'field' | 'page' | 'second'
	place: number | null
	text: string
}

export interface RecordRow {
	seq: number
	/* null while it is waited for */
	event: 'submit' | 'pass' | 'reject' | 'discard' | null
	phase: 'apply' | 'accept'
	desk: Level | null
	desk_text: string | null
	who: string | null
	at: number | null
	result_text: string | null
	/* what this desk calls its remark */
	opinion_text: string | null
	remark: string | null
	/* by the last desk */
	security_checked?: boolean
	pending: boolean
	pins?: Pin[]
}

/* Who has it now, since when, and how long that usually takes, in working days. */
export interface Waiting {
	desk: Level
	who: string
	since: number
	usual: { median_days: number; ninetieth_days: number } | null
}

/* What one 提交 changed against the one before. */
export interface Change {
	round: number
	phase: 'apply' | 'accept'
	at: number
	items: ChangeItem[]
}

export interface ChangeItem {
	field: string
	file: boolean
	before: Answer
	after: Answer
	before_file?: StoredFile | null
	after_file?: StoredFile | null
}

export interface Sheet {
	environment: 'test' | 'formal'
	kind: 'payment' | 'identity'
	title: string
	ready: boolean
	blocked: string | null
	url: string | null
}

/* 反馈单 on screen; `hidden` are asked for one by one. */
export interface SheetValues {
	title: string
	number: string
	serial: number
	app_id: string
	channel_public: string | null
	platform_public: string
	channel_code: string | null
	hidden: string[]
}

/* Keys that were issued, as the bureaus see them: never a key. */
export interface Credential {
	environment: 'test' | 'formal'
	serial: number
	newest: boolean
	app_id: string
	state: 'valid' | 'replaced' | 'ended'
	state_text: string
	issued_at: number
	valid_until: number | null
	ended_at: number | null
	reason: string | null
	pending: boolean
	sheets: { kind: 'payment' | 'identity'; title: string; number: string }[]
}

export interface CredentialList {
	may: boolean
	items: Credential[]
}

export type Action =
	'edit' | 'submit' | 'delete' | 'discard' | 'accept_edit' | 'accept_submit' | 'report_key' | 'decide'

export interface Acceptance {
	answers: Answers
	files: Files
	saved_at: number | null
	submitted_at: number | null
}

export interface SelftestStep {
	step: string
	text: string
	state: 'passed' | 'failed' | 'skipped'
	title: string | null
}

/* The last 联调自测; of the last that passed: steps, the envelope's fields, SM3 of its text. */
export interface Selftest {
	at: number
	ok: boolean
	passed_at: number | null
	steps: SelftestStep[]
	app_id: string | null
	fields: string[] | null
	digest: string | null
	sandbox: { orders: number; refunds: number; last_at: number } | null
}

export interface Code {
	language: string
	text: string
}

export interface SandboxField {
	name: string
	required: boolean
	type: string
	text: string
}

/* What 联调说明 shows. */
export interface Integration {
	clock_seconds: number
	keep_seconds: number
	services: { service: string; title: string; text: string; request: SandboxField[]; answer: SandboxField[] }[]
	codes: { code: string; text: string }[]
	mistakes: { mistake: string; step: string; title: string; advice: string; sample: string }[]
	samples: { sample: string; title: string; code: Code[] }[]
}

export interface Diagnosis {
	ok: boolean
	determined: boolean // else checked and next say how to go on
	step: string
	mistake: string | null
	title: string | null
	advice: string | null
	mistakes: { step: string; mistake: string; title: string; advice: string; code: Code[] }[]
	steps: SelftestStep[]
	expected: string | null
	inferred: string | null
	note: string | null
	signed_e: string | null
	data: string | null
	checked: string | null
	next: string[]
}

export interface ApplicationBody {
	number: string
	version: number
	state: string
	status: string
	status_text: string
	kind: Kind
	/* in_force: on the intranet site */
	institution: { code: string; name: string; region: string; region_name: string; in_force?: boolean }
	unit: Partial<UnitBody> & { name: string }
	answers: Answers
	answer_texts: Record<string, string | null>
	files: Files
	acceptance: Acceptance | null
	business_type: string | null
	app_name: string | null
	province_city: string
	third_channel: string | null
	records: RecordRow[]
	waiting: Waiting | null
	changes: Change[]
	/* fields of the form sent back that may change; null: all of them */
	reopened?: string[] | null
	actions: Action[]
	sheets: Sheet[]
	selftest: Selftest | null
	/* for officers only */
	claim?: Claim | null
	draft?: Draft
	tip: string | null
	created_at: number
	updated_at: number
	submitted_at: number | null
}

export interface Message {
	id: number
	title: string
	text: string
	application: string | null
	/* code of an export it leads to */
	file: string | null
	at: number
	read: boolean
}

/* Who has taken it from the desk's list. */
export interface Claim {
	by: string
	mine: boolean
	at: number | null
}

/* What an officer was writing. */
export interface Draft {
	event: 'pass' | 'reject' | null
	remark: string | null
	updated_at: number | null
	pins: Pin[]
}

export interface SessionRow {
	id: string
	at: number
	address: string | null
	current: boolean
}

export interface TotpSecret {
	secret: string
	uri: string
	qr: { size: number; path: string }
}

export interface KeyReport {
	public_key: string
	reported_at: number
	by: string | null
	state: 'current' | 'replaced' | 'ended'
}
/* challenge: null when nothing can be reported any more; history: newest first, the current one too */
export type ChannelKeyBody = {
	challenge: string | null
	expires_at: number
	current: KeyReport | null
	history: KeyReport[]
}

/* What 核验 says of a sheet. */
export interface Standing extends Partial<Pick<Sheet, 'title' | 'environment' | 'kind'>> {
	status: 'valid' | 'revoked' | 'unknown' | 'altered' | 'unsealed'
	status_text: string
	number?: string
	initiator?: string
	replied_at?: number
	/* its keys have been replaced and run out then */
	valid_until?: number
}
