/*
 * How the application form is cut into cards. A field the table gains and nobody sorted appears in
 * the last card.
 */
import { apiUrl } from '@/api/client'

export interface Group {
	title: string
	/* to be read first */
	about?: { text: string; href: string }
	only?: string[]
	except?: string[]
}

const business = [
	'business_type',
	'channel',
	'app_source',
	'official_channel',
	'existing_app',
	'app_name',
	'app_screenshot',
	'app_type',
	'purchase_channels',
	'purchase_other',
]
const contact = ['contact_name', 'contact_phone', 'contact_email']

export const applicationGroups: Group[] = [
	{ title: '业务类型', only: business },
	{ title: '联系人', only: contact },
	{ title: '证明材料', except: [...business, ...contact] },
]

const proof = ['order_no', 'proof', 'auth_code', 'tester_name', 'tester_id_type', 'tester_id_no']
const recordingNotes = { text: '演示录屏注意事项', href: apiUrl('documents/recording-notes') }
const videos = ['video_clinic', 'video_booking', 'video_purchase', 'video_other']

export const acceptanceGroups: Group[] = [
	{ title: '测试信息 (需填写测试通过后3天内的数据, 否则校验不通过)', only: proof },
	{ title: '演示录屏', only: videos, about: recordingNotes },
	{ title: '测试报告', except: [...proof, ...videos] },
]

export function inGroup(group: Group, name: string): boolean {
	return group.only ? group.only.includes(name) : !group.except?.includes(name)
}

export const documentLinks = {
	application_letter: { text: '申请函模板.pdf', href: apiUrl('documents/application-letter') },
	test_report: { text: '测试报告模板', href: apiUrl('documents/test-report') },
}
