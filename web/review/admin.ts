/* The answers of the administration's addresses. */
import type { Role } from '@/api/schemas'

export interface StaffRow {
	id: number
	account: string
	name: string
	role: Role
	bureau: string
	bureau_name: string
	scope: string | null
	may_download: boolean
	must_change: boolean
	disabled: boolean
	totp: boolean
	last_login: number
	version: number
}
