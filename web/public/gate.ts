/* Who may see which page, and where everybody else is sent. The server decides again on each request. */
import type { RouteLocationNormalized } from 'vue-router'
import { session } from '@/session'
import { ownAddress } from '@/shell/page'

export type Who = 'anyone' | 'member' | 'unit' | 'chosen' | 'institution' | 'writer'

declare module 'vue-router' {
	interface RouteMeta {
		/* 'member': signed in; 'chosen': and a unit chosen; 'institution': and an institution, if an operator;
		   'writer': an operator who may apply, for the unit only reads */
		who?: Who
		keep?: boolean
	}
}

const secondStep = (next: string) => `/second-step?next=${encodeURIComponent(next)}`
const loginOf = (to: RouteLocationNormalized) => `/login?next=${encodeURIComponent(to.fullPath)}`

export function gate(to: RouteLocationNormalized): string | true {
	const who = to.meta.who ?? 'anyone'
	if (who === 'anyone') return true
	if (session.kind === 'none') return loginOf(to)
	if (session.second_factor) return to.path === '/second-step' || secondStep(to.fullPath)
	if (session.must_change_password && to.path !== '/password') return '/password'
	if (who === 'unit' && session.kind !== 'unit') return '/unit'
	if (who === 'member') return true
	if (session.kind === 'operator' && !session.unit) return `/choose-unit?next=${encodeURIComponent(to.fullPath)}`
	const mayApply = session.grants.includes('mobile_payment') && session.unit?.certification === 'passed'
	/* the list says what stands in the way */
	if (who === 'writer' && session.kind === 'operator' && !mayApply) return '/applications'
	if (who === 'writer' && session.kind === 'unit')
		return to.params.number === 'new' ? '/applications' : `/applications/${String(to.params.number)}`
	if ((who === 'institution' || who === 'writer') && session.kind === 'operator' && mayApply && !session.institution)
		return `/choose-institution?next=${encodeURIComponent(to.fullPath)}`
	return true
}

/* Where a fresh sign-in leads. */
export function afterSignIn(next: unknown): string {
	const after = ownAddress(next) ?? '/unit'
	if (session.second_factor) return secondStep(after)
	return session.must_change_password ? '/password' : after
}
