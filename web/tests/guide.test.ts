/* What the guide prints on its forms, word for word (REG, LOG, OP, PWD, APP, ACC). */
import { describe, expect, it } from 'vitest'
import { rules } from '../shared/rules'

const PASSWORD = '请输入8-16位字符密码, 必须由数字、字母组成'

/* form, rule, field, label, is it required, placeholder */
const printed: [string, string, string, string, boolean, string?][] = [
	['register_unit', 'REG-3', 'account', '账号', true, '不支持中文、各单位自行设定、仅供登录使用'],
	['register_unit', 'REG-4', 'password', '密码', true, PASSWORD],
	['register_unit', 'REG-5', 'password2', '确认密码', true, '请输入确认密码'],
	['register_unit', 'REG-7', 'name', '单位名称', true, '请输入单位名称'],
	['register_unit', 'REG-8', 'institution_kind', '机构类型', true, '请选择机构类型'],
	['register_unit', 'REG-9', 'region', '医保区划', true, '请选择医保区划'],
	['register_unit', 'REG-10', 'uscc', '统一社会信用代码', true, '请输入统一社会信用代码'],
	['register_unit', 'REG-11', 'address', '单位注册地址', true, '请输入单位注册地址'],
	['register_unit', 'REG-12', 'postcode', '邮政编码', false, '请输入邮政编码'],
	['register_unit', 'REG-13', 'legal_name', '法定代表人姓名', true, '请输入法定代表人姓名'],
	['register_unit', 'REG-13', 'legal_id_type', '法定代表人证件类型', true, '请选择法定代表人证件类型'],
	['register_unit', 'REG-13', 'legal_id_no', '法定代表人证件号码', true, '请输入法定代表人证件号码'],
	['register_unit', 'REG-13', 'legal_phone', '法定代表人移动电话', true, '请输入法定代表人移动电话'],
	['register_operator', 'REG-15', 'name', '经办人姓名', true],
	['register_operator', 'REG-15', 'id_type', '证件类型', true],
	['register_operator', 'REG-15', 'id_no', '证件号码', true],
	['register_operator', 'REG-15', 'id_start', '证件有效起始日期', true],
	['register_operator', 'REG-15', 'id_end', '证件有效结束日期', true],
	['register_operator', 'REG-15', 'phone', '经办人移动电话', true],
	['register_operator', 'REG-15', 'password', '经办人密码', true],
	['register_operator', 'REG-15', 'password2', '确认密码', true],
	['register_operator', 'REG-16', 'sms_code', '短信验证码', true],
	['login_unit', 'LOG-2', 'account', '单位账号/统一社会信用代码', true],
	['login_unit', 'LOG-2', 'password', '密码', true],
	['login_unit', 'LOG-2', 'captcha', '图形验证码', true],
	['login_operator', 'OP-15', 'phone', '手机号', true],
	['login_operator', 'OP-15', 'password', '密码', true],
	['login_operator', 'OP-15', 'captcha', '图形验证码', true],
	['password_reset_account', 'PWD-3', 'account', '单位账号/统一社会信用代码', true],
	['password_reset', 'PWD-4', 'unit_name', '单位名称', true],
	['password_reset', 'PWD-4', 'uscc', '统一社会信用代码', true],
	['password_reset', 'PWD-4', 'legal_name', '法人姓名', true],
	['password_reset', 'PWD-4', 'legal_id_type', '法人证件类型', true],
	['password_reset', 'PWD-4', 'legal_id_no', '法人证件号码', true],
	['password_reset', 'PWD-4', 'verifier', '联系验证人', true],
	['password_reset', 'PWD-4', 'verifier_name', '验证人名称', true],
	['password_reset', 'PWD-4', 'phone', '经办人手机号', true],
	['password_reset', 'PWD-4', 'password', '新密码', true, PASSWORD],
	['password_reset', 'PWD-4', 'password2', '确认密码', true],
	['password_reset', 'PWD-4', 'sms_code', '短信验证码', true],
	['application', 'APP-23', 'business_type', '线上业务类型', true],
	['application', 'APP-25', 'channel', '拟定电子凭证接入渠道', true],
	['application', 'APP-26', 'app_source', '申请接入应用名称', true],
	['application', 'APP-26b', 'app_name', '申请接入应用名称', true],
	['application', 'APP-26b', 'app_screenshot', '应用首页截图', true],
	['application', 'APP-26b', 'app_type', '申请接入应用类型', true],
	['application', 'APP-27', 'purchase_channels', '申请接入线上购药服务渠道', true],
	['application', 'APP-28', 'contact_name', '定点医药机构联系人', true],
	['application', 'APP-29', 'contact_phone', '定点医药机构联系电话', true],
	['application', 'APP-30', 'contact_email', '定点医药机构邮箱地址', false],
	['application', 'APP-31', 'application_letter', '申请函上传', true],
	['application', 'APP-32', 'agreement', '定点机构协议上传', true],
	['application', 'APP-33', 'supplement', '“互联网+”医疗服务补充协议上传', false],
	['application', 'APP-34', 'plan', '申请方案上传', false],
	['application', 'APP-35', 'remark', '备注', false],
	['acceptance', 'ACC-10', 'order_no', '移动支付订单号', true],
	['acceptance', 'ACC-12', 'auth_code', '电子凭证授权码', true],
	['acceptance', 'ACC-15', 'video_clinic', '诊间结算', true],
	['acceptance', 'ACC-16', 'video_booking', '预约挂号', false],
	['acceptance', 'ACC-17', 'video_purchase', '线上购药', true],
	['acceptance', 'ACC-18', 'video_other', '其他', false],
	['acceptance', 'ACC-20', 'test_report', '测试报告', true],
]

const form = (name: string) => rules.forms[name]!

describe('the forms', () => {
	it('say what the guide prints, and ask for what it marks', () => {
		for (const [of, rule, name, label, required, placeholder] of printed) {
			const field = form(of).fields.find((each) => each.name === name)
			expect(field, `${rule} ${of}.${name}`).toMatchObject({
				label,
				required,
				...(placeholder && { placeholder }),
			})
		}
	})

	it('let a choice be made between 法人 and 经办人, 定点医疗机构 and 定点零售药店, and nothing else', () => {
		const choices = (of: string, name: string) =>
			form(of)
				.fields.find((each) => each.name === name)
				?.choices?.map((each) => each.text)
		expect(choices('password_reset', 'verifier')).toEqual(['法人', '经办人'])
		expect(choices('register_unit', 'institution_kind')).toEqual(['定点医疗机构', '定点零售药店'])
		expect(choices('register_unit', 'legal_id_type')).toEqual(choices('register_operator', 'id_type'))
		expect(choices('register_unit', 'legal_id_type')).toHaveLength(6)
	})

	it('name the two businesses that can be granted', () => {
		expect(rules.businesses.map((each) => each.text)).toEqual([
			'定点医药机构移动支付申请',
			'定点医药机构电子处方申请',
		])
	})

	it('explain the two kinds of business, and name where an application comes from', () => {
		const field = (of: string, name: string) => form(of).fields.find((each) => each.name === name)
		expect(field('application', 'business_type')?.choices).toMatchObject([
			{
				text: '线上授权医保移动支付',
				hint: '线上授权医保移动支付：渠道应用同时申请医保码（医保电子凭证）线上身份授权与医保移动支付业务。实现场景：用户使用渠道应用线上授权，定点医药机构获取授权信息，完成医保移动支付。',
			},
			{
				text: '医保混合支付',
				hint: '医保混合支付：渠道应用仅申请医保移动支付业务。实现场景：用户使用渠道应用线下展码，定点医药机构通过解码获取授权信息，完成医保移动支付。',
			},
		])
		expect(field('application', 'app_source')?.choices?.map((each) => each.text)).toEqual([
			'官方渠道',
			'自有渠道（已有）',
			'自有渠道（新增）',
		])
		expect(field('acceptance', 'proof')?.choices?.map((each) => each.text)).toEqual([
			'电子凭证授权码',
			'测试人员身份信息',
		])
	})

	it('give the examples and the limits of files that the guide gives', () => {
		const field = (of: string, name: string) => form(of).fields.find((each) => each.name === name)
		expect(field('acceptance', 'order_no')?.help).toContain('示例: ORD358900202207111433280000125')
		expect(field('acceptance', 'auth_code')?.help).toContain('示例: d2801149-26cd-4658-9ff5-13794cbxxxx')
		const slot = (of: string, name: string) => rules.slots[field(of, name)?.slot ?? '']?.text
		for (const name of ['application_letter', 'agreement', 'supplement'])
			expect(slot('application', name)).toBe('支持扩展名：.pdf，且不超过20M')
		expect(slot('application', 'plan')).toBe('支持扩展名：.pdf，且不超过30M')
		for (const name of ['video_clinic', 'video_booking', 'video_purchase', 'video_other'])
			expect(slot('acceptance', name)).toBe('支持扩展名：.mp4，且不超过20M')
		expect(slot('acceptance', 'test_report')).toBe('支持扩展名：.rar .zip .doc .docx .pdf .jpg，且不超过20M')
	})
})
