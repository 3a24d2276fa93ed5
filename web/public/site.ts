import type { SiteTexts } from '../shared/shell/page'

export const texts: SiteTexts = {
	name: '医药机构医保移动支付接入申请',
	sub: '单位网上服务大厅',
	note: '本系统仅供定点医药机构办理接入业务',
	home: '首页',
	description: '定点医药机构办理医保移动支付接入申请、验收和反馈单下载',
	help: '如需帮助，请联系当地医保局。',
}
