#include "handlers/rules/form/pin_form.h"

#include "handlers/rules/table/dictionary.h"

#define OPINION .multiline = true, .min = 2, .max = 500

/* clang-format off */
static const struct field pin_rows[] = {
	FIELD(struct pin_form, field, .label = "批注的内容", .required = true, .control = "hidden",
	    .min = 1, .max = 32, .hint = "请选择要批注的内容"),
	FIELD(struct pin_form, place, .label = "页码或秒数", .min = 1, .max = 86400,
	    .hint = "请填写从 1 开始的整数；不填表示整份文件"),
	FIELD(struct pin_form, text, .label = "批注", .required = true, OPINION,
	    .placeholder = "请写明需要补正的内容", .help = "提交审核结论后，申请人会在这一项旁边看到",
	    .hint = "请填写批注，2 至 500 个字"),
};

static const struct field draft_rows[] = {
	FIELD(struct draft_form, event, .label = "审核结论", .max = 10, .control = "radio",
	    .choices = decision_choices, .hint = "请选择通过或驳回"),
	FIELD(struct draft_form, remark, .label = "审核意见", .multiline = true, .min = 1, .max = 500,
	    .hint = "审核意见不超过 500 个字"),
};

static const struct field template_rows[] = {
	FIELD(struct opinion_template_form, event, .label = "适用结论", .max = 10,
	    .control = "select", .choices = decision_choices, .placeholder = "通过和驳回都适用",
	    .hint = "请选择适用的审核结论"),
	FIELD(struct opinion_template_form, title, .label = "标题", .required = true, .min = 2,
	    .max = 30, .placeholder = "如：申请函未盖章", .hint = "请填写标题，2 至 30 个字"),
	FIELD(struct opinion_template_form, text, .label = "意见内容", .required = true, OPINION,
	    .placeholder = "请输入意见内容", .hint = "请填写意见内容，2 至 500 个字"),
	FIELD(struct opinion_template_form, national, .label = "供全国各级医保局使用",
	    .help = "仅国家医疗保障局可以设置", .hint = "仅国家医疗保障局可以设置全国通用的意见"),
};
/* clang-format on */

const struct form pin_form = FORM("pin", pin_rows);
const struct form draft_form = FORM("draft", draft_rows);
const struct form opinion_template_form = FORM("opinion_template", template_rows);
