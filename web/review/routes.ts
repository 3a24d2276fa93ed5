import type { RouteLocationNormalized, RouteRecordRaw } from 'vue-router'
import { session } from '@/session'
import type { Role } from '@/api/schemas'
import { homeOf } from './menu'
import LoginPage from './pages/LoginPage.vue'
import QueuePage from './pages/QueuePage.vue'

declare module 'vue-router' {
	interface RouteMeta {
		/* who of the staff may open the page; everybody of them where it is absent */
		roles?: Role[]
	}
}

const officers = { roles: ['officer'] as Role[] }

export const routes: RouteRecordRaw[] = [
	{ path: '/', component: QueuePage, meta: officers },
	{ path: '/login', component: LoginPage },
	{ path: '/totp', component: () => import('./pages/TotpPage.vue') },
	{ path: '/sessions', component: () => import('@/pages/SessionsPage.vue') },
	{ path: '/security-records', component: () => import('@/pages/SecurityRecordsPage.vue') },
	{ path: '/password', component: () => import('@/pages/PasswordPage.vue'), props: { next: '/' } },
	{ path: '/certifications', component: () => import('./pages/CertificationsPage.vue'), meta: officers },
	{ path: '/certifications/appeals', component: () => import('./pages/AppealsPage.vue'), meta: officers },
	{ path: '/certifications/appeals/:id', component: () => import('./pages/AppealPage.vue'), meta: officers },
	{ path: '/certifications/:id', component: () => import('./pages/CertificationPage.vue'), meta: officers },
	{ path: '/units', component: () => import('./pages/UnitsPage.vue'), meta: officers },
	{ path: '/units/:id', component: () => import('./pages/UnitPage.vue'), meta: officers },
	{ path: '/applications/:number/keys', component: () => import('./pages/CredentialsPage.vue'), meta: officers },
	{ path: '/statistics', component: () => import('./pages/StatisticsPage.vue'), meta: officers },
	{ path: '/opinions', component: () => import('./pages/OpinionsPage.vue'), meta: officers },
	{
		path: '/calendar',
		component: () => import('./pages/CalendarPage.vue'),
		meta: { roles: ['officer', 'sysadmin'] as Role[] },
	},
	{ path: '/messages', component: () => import('@/pages/MessagesPage.vue') },
	{ path: '/applications/:number', component: () => import('./pages/ReviewPage.vue'), meta: officers },
	{ path: '/audit', component: () => import('./pages/admin/AuditPage.vue'), meta: { roles: ['auditor'] } },
	{
		path: '/audit/checks',
		component: () => import('./pages/admin/AuditChecksPage.vue'),
		meta: { roles: ['auditor'] },
	},
	{ path: '/imports', component: () => import('./pages/admin/ImportsPage.vue'), meta: { roles: ['sysadmin'] } },
	{ path: '/failures', component: () => import('./pages/admin/FailuresPage.vue'), meta: { roles: ['sysadmin'] } },
	{ path: '/documents', component: () => import('./pages/admin/DocumentsPage.vue'), meta: { roles: ['sysadmin'] } },
	{ path: '/staff', component: () => import('./pages/admin/StaffPage.vue'), meta: { roles: ['secadmin'] } },
	{
		path: '/staff-requests',
		component: () => import('./pages/admin/StaffRequestsPage.vue'),
		meta: { roles: ['secadmin'] },
	},
	{ path: '/staff/:id', component: () => import('./pages/admin/StaffEditPage.vue'), meta: { roles: ['secadmin'] } },
	{
		path: '/catalogues/:path',
		component: () => import('./pages/admin/CataloguePage.vue'),
		meta: { roles: ['sysadmin'] },
	},
	{
		path: '/catalogues/:path/:id',
		component: () => import('./pages/admin/CatalogueEditPage.vue'),
		meta: { roles: ['sysadmin'] },
	},
	{ path: '/:rest(.*)*', component: () => import('@/pages/NotFoundPage.vue') },
]

/* Everything but the login page is for the staff, and most of it for one of their roles. */
export function gate(to: RouteLocationNormalized): string | true {
	if (to.path === '/login') return true
	if (session.kind !== 'officer') return `/login?next=${encodeURIComponent(to.fullPath)}`
	if (session.second_factor) return to.path === '/totp' ? true : '/totp'
	if (session.must_change_password && to.path !== '/password') return '/password'
	const home = homeOf(session)
	if (to.meta.roles && session.role && !to.meta.roles.includes(session.role) && to.path !== home) return home
	return true
}
