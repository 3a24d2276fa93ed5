/*
 * 操作指南: the steps in the order people take them. `picture` is a file of this folder, made from our
 * own pages by `npm run guide` (e2e/guide.ts); what is to be pressed wears a red frame there.
 */
export interface Step {
	text: string
	picture?: string
}

export interface Section {
	key: string
	title: string
	who: string
	steps: Step[]
	notes?: string[]
	more?: { text: string; to: string }
}

export const sections: Section[] = [
	{
		key: 'register',
		title: '单位注册',
		who: '单位',
		steps: [
			{ text: '打开登录页，点“立即注册”。', picture: 'login' },
			{
				text: '填写账号信息和企业信息。企业信息按营业执照填写，医保区划选到区县一级。填好后点“下一步”。',
				picture: 'register-unit',
			},
			{
				text: '填写经办人信息。先输入图形验证码，点“发送验证码”，再填写手机收到的 6 位短信验证码，点“下一步”。',
				picture: 'register-operator',
			},
			{ text: '看到“恭喜您, 注册成功!”后，3 秒自动回到登录页。', picture: 'register-done' },
		],
		notes: [
			'经办人手机号此前登记过的，沿用原来的经办人密码。',
			'中途离开不要紧：同一浏览器 30 分钟内回来，填过的单位信息还在。',
		],
	},
	{
		key: 'certify',
		title: '单位登录和资质认证',
		who: '单位账号',
		steps: [
			{
				text: '在“单位登录”中填写单位账号（或统一社会信用代码）、密码和图形验证码，点“登录”。看不清验证码可以换一张、放大或听语音。',
			},
			{ text: '在单位管理首页的“资质认证”一行，点“去认证”。', picture: 'unit-home' },
			{
				text: '上传营业执照（事业单位上传法人证书）的清晰扫描件或照片，点“认证”，一般几秒钟就有结果。',
				picture: 'certify',
			},
			{ text: '认证状态变为“已认证”，可以授权经办人了。', picture: 'certified' },
		],
		notes: ['填报的内容须与定点机构目录和营业执照一致。有不一致的，页面会写明原因，并转由当地医保局人工核实。'],
	},
	{
		key: 'operators',
		title: '单位经办人和授权',
		who: '单位账号',
		steps: [
			{ text: '打开“单位经办人”，点“权限”。', picture: 'operators' },
			{ text: '勾选“定点医药机构移动支付申请”，点“确定”。', picture: 'grant' },
			{
				text: '需要增加人手时点“新增经办人”，先填手机号。已登记过的直接添加；没有登记过的，按提示完善证件信息。',
				picture: 'operator-new',
			},
			{ text: '办理完毕，点右上角的账号名称，再点“退出登录”，防止他人操作。' },
		],
		notes: [
			'一个业务只能授权给一个经办人。换人时用“移交”，或先在原经办人处取消，再授权给新的经办人。',
			'“重置密码”后，新密码以短信发送到经办人手机。',
			'“删除”只解除与本单位的绑定。只有一条经办人信息时，不支持解绑。',
		],
	},
	{
		key: 'password',
		title: '找回密码',
		who: '单位',
		steps: [
			{ text: '在登录页点“忘记密码”，填写单位账号和图形验证码，点“下一步”。' },
			{ text: '填写企业信息，选择由法人或经办人验证，输入新密码和短信验证码，点“立即认证”。', picture: 'reset' },
			{ text: '看到“新密码设置成功”后，用新密码登录。' },
		],
		notes: [
			'验证的经办人须已绑定本单位。无法完成认证的，请联系当地省级医保部门。',
			'经办人忘记密码的，在“经办人登录”点“忘记密码”，用本人手机号找回；也可由单位账号在“单位经办人”中重置。',
		],
	},
	{
		key: 'apply',
		title: '新建和提交申请单',
		who: '经办人',
		steps: [
			{
				text: '在登录页选择“经办人登录”，用手机号登录。绑定了几个单位或几个定点机构的，先选择一个。',
				picture: 'choose',
			},
			{ text: '打开“定点医药机构移动支付申请”，点“新建申请单”。', picture: 'list-empty' },
			{
				text: '先选择线上业务类型，页面随即显示要填写的内容。内容每隔几秒自动保存，右上角有保存时间，可以分几次填完。',
				picture: 'form',
			},
			{
				text: '上传材料。文件选择后立即上传，断网后自动续传；右侧“材料清单”显示还缺什么。全部填好后点“提交”。',
				picture: 'form-files',
			},
			{ text: '逐项核对，有误的点“修改”。确认无误后勾选，点“确认提交申请”。', picture: 'check' },
			{ text: '看到“申请已提交”和申请单号。可以打印回执，或点“查看详情”。', picture: 'done' },
		],
		notes: [
			'提交后不能修改，请仔细核对。',
			'医保混合支付不需要填写电子凭证接入渠道和应用名称。',
			'药店补充线上购药渠道：已有正式环境反馈单的，新建申请单，在官方渠道或自有渠道（已有）中选择；还没有的，先弃用原单据再新建。',
		],
	},
	{
		key: 'progress',
		title: '查看进度、修改和弃用',
		who: '经办人',
		steps: [
			{ text: '列表中每张单据都有状态和下一步。点“详情”查看。', picture: 'list' },
			{
				text: '“审核进度”显示现在由谁办理、等待了多久、通常要多久；“审核记录”是每一步的结果和意见。',
				picture: 'progress',
			},
			{
				text: '被驳回时，意见显示在最上面。点“修改并重新提交”，只改需要改的，其他内容和文件都保留。',
				picture: 'rejected',
			},
			{
				text: '填错了又不能修改时，点“弃用单据”，填写理由，再确认一次。之后重新新建申请单。',
				picture: 'discard',
			},
		],
		notes: ['弃用后不能恢复。审核中、审核通过、审核驳回时都可以弃用。'],
	},
	{
		key: 'test',
		title: '下载测试环境反馈单，开发和联调',
		who: '经办人',
		steps: [
			{
				text: '状态变为“申请审核通过”后，在详情中下载反馈单。医保混合支付只有移动支付渠道反馈单。',
				picture: 'applied',
			},
			{
				text: '用反馈单上的应用 ID 和密钥开发测试。点“联调自测”，粘贴请求报文，可以知道是解密、签名还是字段有误。',
				picture: 'selftest',
			},
			{ text: '向沙箱接口下单、查单、退款；C、Java、JavaScript、Python 的示例程序可以下载后直接使用。' },
		],
		more: { text: '联调说明和示例程序', to: '/integration' },
		notes: ['反馈单内含密钥，每次下载都会留下记录，请由专人保管。', '反馈单的真伪可以在“反馈单核验”中查询。'],
	},
	{
		key: 'accept',
		title: '提交验收单',
		who: '经办人',
		steps: [
			{ text: '测试通过后 3 天内，在详情中点“提交验收”。' },
			{
				text: '填写移动支付订单号，上传演示录屏和测试报告。线上授权的，还要填写电子凭证授权码或测试人员身份信息。',
				picture: 'acceptance',
			},
			{ text: '还没有准备好的点“保存”，以后继续填写；都准备好了点“提交审核”，再确认一次。' },
		],
		notes: [
			'录制前请先看“演示录屏注意事项”，测试报告请用页面上的模板。',
			'验收审核中、通过、驳回时，可以在详情中点“弃用”，之后重新新建申请单。',
		],
	},
	{
		key: 'formal',
		title: '上报渠道公钥，下载正式环境反馈单',
		who: '经办人',
		steps: [
			{
				text: '切换正式环境前，在详情中点“上报渠道公钥”。已有密钥对的粘贴公钥和签名；没有的可以在浏览器中生成，私钥只保存到您的电脑。',
				picture: 'channel-key',
			},
			{ text: '状态变为“验收审核通过”后，下载正式环境反馈单，完成开发，应用上线。', picture: 'accepted' },
			{ text: '办理完毕，点右上角的账号名称，再点“退出”。' },
		],
	},
	{
		key: 'messages',
		title: '站内消息和短信',
		who: '单位和经办人',
		steps: [
			{
				text: '点右上角“消息”查看办理进展。不想收到进展短信的，可以关闭；验证码等账号安全短信照常发送。',
				picture: 'messages',
			},
		],
	},
]
