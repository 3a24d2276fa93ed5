#include "handlers/rules/form/review_form.h"

#include "handlers/rules/table/dictionary.h"

/* clang-format off */

/* ---- one application ------------------------------------------------------- */

#define F(member, ...) FIELD(struct decision_form, member, __VA_ARGS__)
static const struct field decision_fields[] = {
	F(event, .label = "审核结论", .required = true, .max = 10, .control = "radio",
	    .choices = decision_choices, .hint = "请选择通过或驳回"),
	F(remark, .label = "审核意见", .multiline = true, .min = 2, .max = 500,
	    .placeholder = "请输入审核意见", .help = "申请人会看到这段文字；驳回时必填",
	    .hint = "驳回须填写审核意见，2 至 500 个字"),
	F(security_checked, .label = "已确认第三方渠道通过技术标准验证和安全测评",
	    .help = "国家医保局通过时必须确认",
	    .hint = "请先确认第三方渠道已通过技术标准验证和安全测评"),
	F(version, .label = "版本", .required = true, .control = "hidden", .min = 1,
	    .max = INT64_MAX, .hint = "页面已过期，请刷新后重试"),
};
#undef F

#define F(member, ...) FIELD(struct batch_form, member, __VA_ARGS__)
static const struct field batch_fields[] = {
	F(event, .label = "审核结论", .required = true, .max = 10,
	    .control = "radio", .choices = decision_choices, .hint = "请选择通过或驳回"),
	F(remark, .label = "审核意见", .multiline = true, .min = 2, .max = 500,
	    .placeholder = "请输入审核意见", .help = "每件的申请人都会看到这段文字；驳回时必填",
	    .hint = "驳回须填写审核意见，2 至 500 个字"),
	F(security_checked,
	    .label = "已逐件确认第三方渠道通过技术标准验证和安全测评",
	    .help = "国家医保局通过时必须确认",
	    .hint = "请先确认第三方渠道已通过技术标准验证和安全测评"),
	F(items, .label = "申请单", .required = true, .control = "hidden",
	    .min = 1, .max = BATCH_MAX, .pattern = "[0-9a-f]{32}:[1-9][0-9]{0,17}",
	    .hint = "请选择 1 至 100 件申请单"),
};
#undef F

#define F(member, ...) FIELD(struct saved_filter_form, member, __VA_ARGS__)
static const struct field saved_filter_fields[] = {
	F(name, .label = "筛选名称", .required = true, .min = 1,
	    .max = 20, .placeholder = "如：药店待审核", .hint = "请填写名称，20 个字以内"),
	F(query, .label = "筛选条件", .required = true,
	    .control = "hidden", .min = 1, .max = 500,
	    .hint = "请先设置筛选条件"),
};
#undef F

#define F(member, ...) FIELD(struct claim_form, member, __VA_ARGS__)
static const struct field claim_fields[] = {
	F(reason, .label = "接手原因", .min = 2, .max = 100,
	    .placeholder = "如：同事休假", .help = "原领取人会看到这段文字",
	    .hint = "请填写接手原因，2 至 100 个字"),
	F(holder, .label = "原领取人", .min = 1, .max = 40, .pii = true,
	    .control = "hidden", .hint = "请刷新页面后重试"),
};
#undef F

#define OPINION .multiline = true, .min = 2, .max = 500

#define F(member, ...) FIELD(struct pin_form, member, __VA_ARGS__)
static const struct field pin_fields[] = {
	F(field, .label = "批注的内容", .required = true, .control = "hidden",
	    .min = 1, .max = 32, .hint = "请选择要批注的内容"),
	F(place, .label = "页码或秒数", .min = 1, .max = 86400,
	    .hint = "请填写从 1 开始的整数；不填表示整份文件"),
	F(text, .label = "批注", .required = true, OPINION,
	    .placeholder = "请写明需要补正的内容", .help = "提交审核结论后，申请人会在这一项旁边看到",
	    .hint = "请填写批注，2 至 500 个字"),
};
#undef F

#define F(member, ...) FIELD(struct draft_form, member, __VA_ARGS__)
static const struct field draft_fields[] = {
	F(event, .label = "审核结论", .max = 10, .control = "radio",
	    .choices = decision_choices, .hint = "请选择通过或驳回"),
	F(remark, .label = "审核意见", .multiline = true, .min = 1, .max = 500,
	    .hint = "审核意见不超过 500 个字"),
};
#undef F

#define F(member, ...) FIELD(struct opinion_template_form, member, __VA_ARGS__)
static const struct field opinion_template_fields[] = {
	F(event, .label = "适用结论", .max = 10,
	    .control = "select", .choices = decision_choices, .placeholder = "通过和驳回都适用",
	    .hint = "请选择适用的审核结论"),
	F(title, .label = "标题", .required = true, .min = 2,
	    .max = 30, .placeholder = "如：申请函未盖章", .hint = "请填写标题，2 至 30 个字"),
	F(text, .label = "意见内容", .required = true, OPINION,
	    .placeholder = "请输入意见内容", .hint = "请填写意见内容，2 至 500 个字"),
	F(national, .label = "供全国各级医保局使用",
	    .help = "仅国家医疗保障局可以设置", .hint = "仅国家医疗保障局可以设置全国通用的意见"),
};
#undef F

const struct choice reveal_choices[] = {
	{ "contact_phone", "定点医药机构联系电话", NULL },
	{ "tester_name", "测试人员姓名", NULL },
	{ "tester_id_no", "测试人员证件号码", NULL },
	{ "legal_name", "法定代表人姓名", NULL },
	{ "legal_id_no", "法定代表人证件号码", NULL },
	{ "legal_phone", "法定代表人移动电话", NULL },
	{ NULL, NULL, NULL },
};

#define F(member, ...) FIELD(struct reveal_form, member, __VA_ARGS__)
static const struct field reveal_fields[] = {
	F(field, .label = "查看完整号码", .required = true, .max = 20, .choices = reveal_choices,
	    .hint = "没有这一项"),
};
#undef F
/* clang-format on */

const struct form decision_form = FORM("decision", decision_fields);
const struct form batch_form = FORM("batch", batch_fields);
const struct form saved_filter_form = FORM("saved_filter", saved_filter_fields);
const struct form claim_form = FORM("claim", claim_fields);
const struct form pin_form = FORM("pin", pin_fields);
const struct form draft_form = FORM("draft", draft_fields);
const struct form opinion_template_form = FORM("opinion_template", opinion_template_fields);
const struct form reveal_form = FORM("reveal", reveal_fields);
