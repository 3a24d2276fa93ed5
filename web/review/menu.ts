/* The main navigation: one row per entry, and who of the staff sees it. */
import type { Answer, Role } from '@/api/schemas'
import { rules } from '@/rules'
import { counts, pending, views } from './queue'
import { waiting } from './staffRequests'

export interface Entry {
	text: string
	to: string
	roles: Role[]
	/* the pages below it are "here" too */
	under?: string
	/* how much waits there; 0 shows nothing */
	count?: () => number
	/* beyond the role */
	when?: (who: Answer<'session'>) => boolean
}

export const menu: Entry[] = [
	...views.map((view) => ({
		text: view.text,
		to: view.code === 'pending' ? '/' : `/?view=${view.code}`,
		roles: ['officer'] as Role[],
		...(view.code === 'pending' && { count: () => pending.value }),
		...(view.code === 'overdue' && {
			count: () => counts.value?.overdue ?? 0,
			when: (who: Answer<'session'>) => who.bureau?.level !== 'local',
		}),
	})),
	{ text: '统计', to: '/statistics', under: '/statistics', roles: ['officer'] },
	{ text: '审计日志', to: '/audit', roles: ['auditor'] },
	{ text: '完整性校验', to: '/audit/checks', roles: ['auditor'] },
	{ text: '短信和任务', to: '/failures', roles: ['sysadmin'] },
	{ text: '账号管理', to: '/staff', under: '/staff', roles: ['secadmin'] },
	{ text: '待复核', to: '/staff-requests', roles: ['secadmin'], count: () => waiting.value },
	...rules.catalogues.map(({ path, title }) => ({
		text: title,
		to: `/catalogues/${path}`,
		under: `/catalogues/${path}`,
		roles: ['sysadmin'] as Role[],
	})),
	{ text: '模板', to: '/documents', under: '/documents', roles: ['sysadmin'] },
	/* 地方 confirms units; in a 直辖市 and for 省本级 that is the province's bureau */
	{
		text: '人工认证',
		to: '/certifications',
		under: '/certifications',
		roles: ['officer'],
		when: (who) => who.bureau?.level !== 'nation',
	},
	{ text: '已认证单位', to: '/units', under: '/units', roles: ['officer'] },
	{ text: '常用意见', to: '/opinions', roles: ['officer'] },
	{ text: '工作日历', to: '/calendar', roles: ['officer', 'sysadmin'] },
]

export function menuOf(who: Answer<'session'>): Entry[] {
	if (!who.role || who.must_change_password || who.second_factor) return []
	const role = who.role
	return menu.filter((entry) => entry.roles.includes(role) && (!entry.when || entry.when(who)))
}

/* Where somebody of the staff begins. */
export function homeOf(who: Answer<'session'>): string {
	return menuOf(who)[0]?.to ?? '/sessions'
}
