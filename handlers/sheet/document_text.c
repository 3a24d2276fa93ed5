#include "handlers/sheet/document_text.h"

#include "fcgi/base/array.h"

#define GRID(grid_)                                                                                \
	{                                                                                          \
		BLOCK_GRID, NULL, &(grid_)                                                         \
	}
#define END                                                                                        \
	{                                                                                          \
		BLOCK_NOTE, NULL, NULL                                                             \
	}

/* clang-format off */

/* ---- 申请函模板 ---- */

static const double pair_widths[] = { 104, 152, 104, 152 };
static const double field_widths[] = { 130, 382 };

static const char *const letter_cells[] = {
	"定点医药机构名称", "",
	"定点医药机构编码", "",
	"统一社会信用代码", "",
	"医药机构协议所属区划", "",
	"线上业务类型", "☐ 线上授权医保移动支付　　☐ 医保混合支付",
	"拟定电子凭证接入渠道", "☐ 微信　☐ 支付宝　☐ 国家医保服务平台APP\n☐ 省/市医保服务平台　☐ 银联云闪付　☐ 其他：",
	"申请接入应用名称", "",
	"申请接入应用", "☐ 官方渠道　☐ 自有渠道（已有）　☐ 自有渠道（新增）\n应用类型：☐ 小程序　☐ APP　☐ H5",
	"申请接入线上购药\n服务渠道（药店填写）", "☐ 自营　☐ 美团　☐ 饿了么　☐ 京东健康　☐ 阿里健康\n☐ 其他：",
	"联系人及联系电话", "",
	"邮箱地址（选填）", "",
};
static const struct grid letter_grid = {
	field_widths, COUNT(field_widths), letter_cells, COUNT(letter_cells), 25, 1, false
};

static const struct document_block letter[] = {
	{ BLOCK_TITLE, "关于申请接入医保移动支付业务的函", NULL },
	{ BLOCK_ADDRESS, "______________________医疗保障局：", NULL },
	{ BLOCK_TEXT, "为方便参保人员线上就医购药结算，我单位拟通过下列渠道开展医保移动支付业务，现申请接入，有关情况如下：", NULL },
	GRID(letter_grid),
	{ BLOCK_TEXT, "我单位郑重承诺：", NULL },
	{ BLOCK_CLAUSE, "一、所提交的申请信息和材料真实、准确、有效；与医保经办机构签订的定点协议在有效期内。", NULL },
	{ BLOCK_CLAUSE, "二、按照医保移动支付技术规范完成改造和联调，测试通过后如实提交验收数据；未经验收审核通过，不在正式环境开展业务。", NULL },
	{ BLOCK_CLAUSE, "三、妥善保管应用ID、数字密钥和私钥，专人管理，不外传、不挪作他用；切换正式环境前自行生成密钥对并上报公钥；发现泄露立即报告并停止使用。", NULL },
	{ BLOCK_CLAUSE, "四、依法保护参保人员个人信息和医保数据安全，仅在办理业务所必需的范围内使用；第三方渠道入网前通过技术标准验证和安全测评。", NULL },
	{ BLOCK_CLAUSE, "五、严格执行医保支付政策，核验参保人员身份，不串换项目，不虚构交易，接受医保部门的监督检查。", NULL },
	{ BLOCK_TEXT, "特此申请，请予支持。", NULL },
	{ BLOCK_SIGN, "申请单位（盖章）：", NULL },
	{ BLOCK_SIGN, "法定代表人（签字）：", NULL },
	{ BLOCK_SIGN, "　　　　　年　　　月　　　日", NULL },
	{ BLOCK_PAGE, "", NULL },
	{ BLOCK_HEADING, "填写说明（本页不必打印）", NULL },
	{ BLOCK_ITEM, "1. 抬头填写协议所属区划的地方医疗保障局全称；机构名称、编码、区划与申请单一致，线上业务类型只选一项。", NULL },
	{ BLOCK_ITEM, "2. 选择“医保混合支付”的，不填写接入渠道、应用名称和应用类型；线上购药服务渠道仅由申请“线上授权医保移动支付”的定点零售药店填写。", NULL },
	{ BLOCK_ITEM, "3. 填好后打印，法定代表人签字并加盖单位公章，扫描为一个 .pdf 文件（不超过20M），在申请单“申请函上传”处上传。", NULL },
	{ BLOCK_ITEM, "4. 定点机构协议（必传）、“互联网+”医疗服务补充协议和申请方案（如有）另行上传，不必并入本函。", NULL },
	END,
};

/* ---- 测试报告模板 ---- */

static const char *const report_cells[] = {
	"机构名称", "", "机构编码", "",
	"申请单号", "", "线上业务类型", "☐ 线上授权医保移动支付\n☐ 医保混合支付",
	"应用名称", "", "应用ID\n（测试环境）", "",
	"开发单位", "", "应用版本", "",
	"测试起止日期", "", "测试人员", "",
	"移动支付订单号", "", "电子凭证授权码\n（线上授权填写）", "",
};
static const struct grid report_grid = {
	pair_widths, COUNT(pair_widths), report_cells, COUNT(report_cells), 30, 1 | 1 << 2, false
};

static const double setting_widths[] = { 130, 382 };
static const char *const setting_cells[] = {
	"客户端", "手机型号、操作系统及版本：",
	"机构端系统", "系统名称及版本（HIS、收费或药店管理系统）：",
	"网络", "☐ 医保专网　☐ 互联网　☐ 其他：",
	"签名与加密", "☐ 签名 SM2（64字节 r‖s，base64）　☐ 加密 SM4（密文为大写十六进制）\n☐ 已用测试环境反馈单的密钥联调通过",
};
static const struct grid setting_grid = {
	setting_widths, COUNT(setting_widths), setting_cells, COUNT(setting_cells), 26, 1, false
};

static const double case_widths[] = { 38, 92, 178, 84, 120 };
#define PASSED "☐ 通过　☐ 不通过\n☐ 不涉及"
static const char *const case_cells[] = {
	"序号", "测试项目", "测试步骤与预期结果", "实际结果\n（截图编号）", "结论",
	"1", "身份授权\n（线上授权）", "在应用内发起医保码授权；授权成功后取得授权码，姓名等信息与测试人员一致；拒绝授权时给出提示。", "", PASSED,
	"2", "展码解码\n（混合支付）", "出示医保码，机构端扫码解码；取得授权信息，过期二维码被拒绝。", "", PASSED,
	"3", "费用上传\n与试算", "上传待结算费用明细；返回的总额、医保基金支付、个人账户支付和自费金额与机构端一致。", "", PASSED,
	"4", "诊间结算\n（医疗机构）", "在应用内选择待缴费处方，确认金额并支付；机构端状态变为已结算，可查询到移动支付订单号。", "", PASSED,
	"5", "预约挂号\n（选测）", "选择科室、医生和时段并支付挂号费；挂号成功，号源同步减少。", "", PASSED,
	"6", "线上购药\n（零售药店）", "选择药品、上传或关联处方、下单并支付；订单、处方与医保结算单一致。", "", PASSED,
	"7", "支付结果查询", "支付后主动查询；查询结果与支付通知一致，通知丢失时可由查询补齐。", "", PASSED,
	"8", "退费", "对已支付订单全额退费；医保部分与自费部分均退回，重复退费被拒绝。", "", PASSED,
	"9", "余额不足、\n取消支付", "个人账户余额不足或用户取消时，订单不扣款，页面提示清楚，可重新支付。", "", PASSED,
	"10", "重复提交、\n超时重试", "同一订单重复提交只扣款一次；网络超时后重试或查询，不产生单边账。", "", PASSED,
	"11", "签名验证", "篡改报文任一字段或使用错误密钥，验签失败并拒绝处理；日志中不出现密钥和证件号码明文。", "", PASSED,
	"12", "对账", "次日核对机构端、渠道与医保侧订单笔数和金额，结果一致。", "", PASSED,
};
static const struct grid case_grid = {
	case_widths, COUNT(case_widths), case_cells, COUNT(case_cells), 40, 1 | 1 << 1, true
};

static const double problem_widths[] = { 38, 200, 194, 80 };
static const char *const problem_cells[] = {
	"序号", "问题描述", "原因与处理", "状态",
	"1", "", "", "☐ 已解决\n☐ 未解决",
	"2", "", "", "☐ 已解决\n☐ 未解决",
	"3", "", "", "☐ 已解决\n☐ 未解决",
};
static const struct grid problem_grid = {
	problem_widths, COUNT(problem_widths), problem_cells, COUNT(problem_cells), 36, 1, true
};

static const struct document_block report[] = {
	{ BLOCK_TITLE, "医保移动支付测试报告", NULL },
	{ BLOCK_HEADING, "一、基本情况", NULL },
	GRID(report_grid),
	{ BLOCK_HEADING, "二、测试环境", NULL },
	GRID(setting_grid),
	{ BLOCK_HEADING, "三、测试用例与结果", NULL },
	GRID(case_grid),
	{ BLOCK_HEADING, "四、问题与处理", NULL },
	GRID(problem_grid),
	{ BLOCK_HEADING, "五、测试结论", NULL },
	{ BLOCK_TEXT, "共执行测试用例 ______ 项，通过 ______ 项，不通过 ______ 项，不涉及 ______ 项。", NULL },
	{ BLOCK_TEXT, "☐ 测试通过，具备正式环境上线条件　　☐ 测试未通过，整改后重新测试", NULL },
	{ BLOCK_SIGN, "测试负责人（签字）：", NULL },
	{ BLOCK_SIGN, "机构（盖章）：", NULL },
	{ BLOCK_SIGN, "　　　　　年　　　月　　　日", NULL },
	{ BLOCK_PAGE, "", NULL },
	{ BLOCK_HEADING, "填写说明（本页不必打印）", NULL },
	{ BLOCK_ITEM, "1. 移动支付订单号须为测试通过后3天内（提交审核前72小时内）产生的订单，示例：ORD358900202207111433280000125；与验收单填写的一致。", NULL },
	{ BLOCK_ITEM, "2. 线上业务类型为“线上授权医保移动支付”的，验收单另须填写电子凭证授权码或测试人员身份信息；“医保混合支付”只填写移动支付订单号。", NULL },
	{ BLOCK_ITEM, "3. 不涉及的用例在结论栏勾选“不涉及”；必测项目：定点医疗机构为诊间结算，定点零售药店为线上购药。", NULL },
	{ BLOCK_ITEM, "4. 报告和截图中不得出现数字密钥、私钥，证件号码、手机号码须遮挡中间部分。", NULL },
	{ BLOCK_ITEM, "5. 以 .pdf、.doc、.docx、.jpg 上传，附截图较多时打包为 .zip 或 .rar，文件不超过20M。", NULL },
	END,
};

/* ---- 演示录屏注意事项 ---- */

static const double video_widths[] = { 92, 92, 62, 266 };
static const char *const video_cells[] = {
	"机构", "上传项目", "是否必传", "须演示的过程",
	"定点医疗机构", "诊间结算", "必传", "打开应用 → 身份授权或展码 → 待缴费列表 → 费用明细与医保、自费金额 → 支付 → 支付成功页 → 机构端已结算",
	"定点医疗机构", "预约挂号", "选传", "打开应用 → 选择科室、医生、时段 → 身份授权或展码 → 支付挂号费 → 挂号成功页 → 机构端已挂号",
	"定点零售药店", "线上购药", "必传", "打开应用 → 选择药品 → 处方上传或流转 → 身份授权或展码 → 确认订单与医保、自费金额 → 支付 → 订单详情 → 药店端已结算",
	"两类机构", "其他", "选传", "退费、支付失败后重新支付等补充场景",
};
static const struct grid video_grid = {
	video_widths, COUNT(video_widths), video_cells, COUNT(video_cells), 30, 1 | 2 | 4, true
};

static const struct document_block recording[] = {
	{ BLOCK_TITLE, "演示录屏注意事项", NULL },
	{ BLOCK_HEADING, "一、录什么", NULL },
	GRID(video_grid),
	{ BLOCK_HEADING, "二、文件要求", NULL },
	{ BLOCK_ITEM, "1. 格式为 .mp4（视频编码 H.264），每个文件不超过20M，每个上传项目一个文件。", NULL },
	{ BLOCK_ITEM, "2. 画面不低于720P，文字清晰可读；时长一般为1至3分钟。超过20M时，可降低帧率（15帧/秒即可）或码率后重新导出，不要裁掉步骤。", NULL },
	{ BLOCK_ITEM, "3. 使用手机自带的录屏功能录制，不要用另一部手机翻拍；机构端画面可另行录制，接在手机录屏之后。", NULL },
	{ BLOCK_HEADING, "三、录制要求", NULL },
	{ BLOCK_ITEM, "1. 在测试环境录制，使用测试环境反馈单上的应用ID和密钥；须为测试通过后3天内的数据。", NULL },
	{ BLOCK_ITEM, "2. 手机端从打开应用开始，一次连续录完，不剪接、不加速；开头露出手机的日期和时间。", NULL },
	{ BLOCK_ITEM, "3. 画面须出现应用名称、定点医药机构名称，与申请单一致。", NULL },
	{ BLOCK_ITEM, "4. 线上授权医保移动支付：须完整演示医保码授权页面、用户同意授权、授权成功返回应用的过程。", NULL },
	{ BLOCK_ITEM, "5. 医保混合支付：须演示用户出示医保码、机构端扫码解码、返回应用支付的过程。", NULL },
	{ BLOCK_ITEM, "6. 费用页面须分别显示总金额、医保基金支付、个人账户支付和自费金额；支付成功页须显示移动支付订单号，停留不少于2秒。", NULL },
	{ BLOCK_ITEM, "7. 至少有一段录屏中的移动支付订单号与验收单填写的一致。", NULL },
	{ BLOCK_HEADING, "四、信息保护", NULL },
	{ BLOCK_ITEM, "1. 由测试人员本人操作，使用测试数据，不得使用真实患者的就诊信息。", NULL },
	{ BLOCK_ITEM, "2. 录制前打开“勿扰模式”，避免来电、短信和通知弹出；密码输入使用系统安全键盘。", NULL },
	{ BLOCK_ITEM, "3. 证件号码、手机号码、银行卡号在应用内应为脱敏显示；画面中不得出现密钥和后台管理密码。", NULL },
	{ BLOCK_HEADING, "五、常见的驳回原因", NULL },
	{ BLOCK_ITEM, "1. 文件无法播放，或为图片、幻灯片转成的视频。", NULL },
	{ BLOCK_ITEM, "2. 从中途开始，看不到应用首页、授权过程或支付结果。", NULL },
	{ BLOCK_ITEM, "3. 应用名称、机构名称、订单号与申请单、验收单不一致。", NULL },
	{ BLOCK_ITEM, "4. 只有自费支付，没有医保结算；或订单已超过3天。", NULL },
	{ BLOCK_ITEM, "5. 出现他人的个人信息。", NULL },
	{ BLOCK_NOTE_HEADING, "上传前请自查", NULL },
	{ BLOCK_NOTE, "☐ 能正常播放　☐ .mp4 且不超过20M　☐ 有日期时间　☐ 有应用名称和机构名称　☐ 有授权或展码　☐ 有金额构成　☐ 有订单号　☐ 无他人信息", NULL },
	END,
};

const struct document_text document_texts[] = {
	[DOCUMENT_APPLICATION_LETTER] = { "application-letter.pdf", "申请函模板", letter },
	[DOCUMENT_TEST_REPORT] = { "test-report.pdf", "测试报告模板", report },
	[DOCUMENT_RECORDING_NOTES] = { "recording-notes.pdf", "演示录屏注意事项", recording },
};
