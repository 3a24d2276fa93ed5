#include "handlers/rules/form/decision_form.h"

#include "handlers/rules/table/dictionary.h"

#define ROW(member, ...) FIELD(struct decision_form, member, __VA_ARGS__)

/* clang-format off */
static const struct field rows[] = {
	ROW(event, .label = "审核结论", .required = true, .max = 10, .control = "radio",
	    .choices = decision_choices, .hint = "请选择通过或驳回"),
	ROW(remark, .label = "审核意见", .multiline = true, .min = 2, .max = 500,
	    .placeholder = "请输入审核意见", .help = "申请人会看到这段文字；驳回时必填",
	    .hint = "驳回须填写审核意见，2 至 500 个字"),
	ROW(security_checked, .label = "已确认第三方渠道通过技术标准验证和安全测评",
	    .help = "国家医保局通过时必须确认",
	    .hint = "请先确认第三方渠道已通过技术标准验证和安全测评"),
	ROW(version, .label = "版本", .required = true, .control = "hidden", .min = 1,
	    .max = INT64_MAX, .hint = "页面已过期，请刷新后重试"),
};
/* clang-format on */

const struct form decision_form = FORM("decision", rows);
