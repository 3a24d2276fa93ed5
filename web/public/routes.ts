import type { RouteRecordRaw } from 'vue-router'
import { aboutPages } from './about'
import HomePage from './pages/HomePage.vue'
import LoginPage from './pages/LoginPage.vue'

/* The first two pages come with the first bytes, the rest when they are opened. */
export const routes: RouteRecordRaw[] = [
	{ path: '/', component: HomePage },
	{ path: '/login', component: LoginPage },
	{ path: '/register', component: () => import('./pages/RegisterUnitPage.vue') },
	{ path: '/register/operator', component: () => import('./pages/RegisterOperatorPage.vue') },
	{ path: '/register/done', component: () => import('./pages/RegisterDonePage.vue') },
	{ path: '/password-reset', component: () => import('./pages/ResetAccountPage.vue') },
	{ path: '/password-reset/identity', component: () => import('./pages/ResetIdentityPage.vue') },
	{ path: '/password-reset/operator', component: () => import('./pages/ResetOperatorPage.vue') },
	{ path: '/password-reset/done', component: () => import('./pages/ResetDonePage.vue') },
	{
		path: '/password',
		component: () => import('@/pages/PasswordPage.vue'),
		props: { next: '/unit', says: true },
		meta: { who: 'member' },
	},
	{ path: '/sessions', component: () => import('@/pages/SessionsPage.vue'), meta: { who: 'member' } },
	{ path: '/invitations', component: () => import('./pages/InvitationsPage.vue') },
	{ path: '/choose-unit', component: () => import('./pages/ChooseUnitPage.vue'), meta: { who: 'member' } },
	{
		path: '/choose-institution',
		component: () => import('./pages/ChooseInstitutionPage.vue'),
		meta: { who: 'chosen' },
	},
	{ path: '/unit', component: () => import('./pages/UnitHomePage.vue'), meta: { who: 'chosen' } },
	{ path: '/unit/info', component: () => import('./pages/UnitInfoPage.vue'), meta: { who: 'chosen' } },
	{ path: '/unit/certification', component: () => import('./pages/CertificationPage.vue'), meta: { who: 'unit' } },
	{ path: '/unit/operators', component: () => import('./pages/OperatorsPage.vue'), meta: { who: 'unit' } },
	{ path: '/unit/operators/new', component: () => import('./pages/OperatorAddPage.vue'), meta: { who: 'unit' } },
	{ path: '/applications', component: () => import('./pages/ApplicationListPage.vue'), meta: { who: 'institution' } },
	{
		path: '/applications/:number/edit',
		name: 'edit',
		component: () => import('./pages/ApplicationEditPage.vue'),
		meta: { who: 'writer', keep: true },
	},
	{
		path: '/applications/:number/check',
		component: () => import('./pages/ApplicationCheckPage.vue'),
		meta: { who: 'writer' },
	},
	{
		path: '/applications/:number/done',
		component: () => import('./pages/ApplicationDonePage.vue'),
		meta: { who: 'institution' },
	},
	{
		path: '/applications/:number/acceptance',
		component: () => import('./pages/AcceptancePage.vue'),
		meta: { who: 'writer' },
	},
	{
		path: '/applications/:number/channel-key',
		component: () => import('./pages/ChannelKeyPage.vue'),
		meta: { who: 'institution' },
	},
	{
		path: '/applications/:number/keys/:environment(test|formal)',
		component: () => import('./pages/KeysPage.vue'),
		meta: { who: 'institution' },
	},
	{
		path: '/applications/:number/selftest',
		component: () => import('./pages/SelftestPage.vue'),
		meta: { who: 'institution' },
	},
	/* its address before */
	{
		path: '/applications/:number/bench',
		redirect: ({ params }) => `/applications/${String(params.number)}/selftest`,
	},
	{
		path: '/applications/:number',
		component: () => import('./pages/ApplicationPage.vue'),
		meta: { who: 'institution' },
	},
	{
		path: '/messages',
		component: () => import('@/pages/MessagesPage.vue'),
		props: { about: '审核结果会发送到这里。' },
		meta: { who: 'member' },
	},
	{ path: '/verify', component: () => import('./pages/VerifyPage.vue') },
	{ path: '/integration', component: () => import('./pages/IntegrationPage.vue') },
	{ path: '/guide', component: () => import('./pages/GuidePage.vue') },
	{
		path: `/about/:page(${aboutPages.map(({ key }) => key).join('|')})`,
		component: () => import('./pages/AboutPage.vue'),
	},
	{ path: '/:rest(.*)*', component: () => import('@/pages/NotFoundPage.vue'), props: { contact: '/about/contact' } },
]
