/* What still stands between this person and the applications, with the way out. */
import { session } from '@/session'

export interface Hindrance {
	title: string
	text: string
	to?: string
	button?: string
}

export function hindrance(): Hindrance | null {
	const isUnit = session.kind === 'unit'
	if (session.unit?.certification !== 'passed')
		return {
			title: '请先完成资质认证',
			text: isUnit
				? '完成资质认证后才能办理移动支付接入申请。'
				: '请用单位账号登录，在“资质认证”中上传营业执照完成认证。',
			...(isUnit ? { to: '/unit/certification', button: '去认证' } : {}),
		}
	if (!isUnit && !session.grants.includes('mobile_payment'))
		return {
			title: '尚未获得授权',
			text: '您还没有本单位的移动支付申请权限。请用单位账号登录，在“单位经办人”的“权限”中授予后，重新登录。',
		}
	return null
}
