import type { SiteTexts } from '../shared/shell/page'

export const texts: SiteTexts = {
	name: '医保移动支付接入审核',
	sub: '医保局工作平台',
	note: '本系统仅限医保局内网使用，操作全程留痕',
	home: '审核工作台',
	description: '医保局工作人员审核医保移动支付接入申请',
	help: '如需帮助，请联系本单位信息管理人员。',
}
