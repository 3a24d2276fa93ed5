import type { RouteLocationNormalized, RouteRecordRaw } from 'vue-router'
import { session } from '@/session'
import LoginPage from './pages/LoginPage.vue'
import QueuePage from './pages/QueuePage.vue'

export const routes: RouteRecordRaw[] = [
	{ path: '/', component: QueuePage },
	{ path: '/login', component: LoginPage },
	{ path: '/totp', component: () => import('./pages/TotpPage.vue') },
	{ path: '/sessions', component: () => import('./pages/SessionsPage.vue') },
	{ path: '/password', component: () => import('./pages/PasswordPage.vue') },
	{ path: '/certifications', component: () => import('./pages/CertificationsPage.vue') },
	{ path: '/certifications/:id', component: () => import('./pages/CertificationPage.vue') },
	{ path: '/applications/:number', component: () => import('./pages/ReviewPage.vue') },
	{ path: '/:rest(.*)*', component: () => import('./pages/NotFoundPage.vue') },
]

/* Everything but the login page is for officers. */
export function gate(to: RouteLocationNormalized): string | true {
	if (to.path === '/login') return true
	if (session.kind !== 'officer') return `/login?next=${encodeURIComponent(to.fullPath)}`
	if (session.second_factor) return to.path === '/totp' ? true : '/totp'
	if (session.must_change_password && to.path !== '/password') return '/password'
	return true
}
