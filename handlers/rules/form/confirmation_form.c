#include "handlers/rules/form/confirmation_form.h"

#include "handlers/rules/check/format.h"
#include "handlers/rules/form/fields.h"

#define ROW(member, ...) FIELD(struct confirmation_form, member, __VA_ARGS__)

const struct choice confirmation_choices[] = {
	{ CONFIRMATION_PASS, "确认认证", "已核实该单位为定点医药机构" },
	{ "reject", "不予认证", "须写明原因，单位会看到" },
	{ NULL, NULL, NULL },
};

/* clang-format off */
static const struct field rows[] = {
	ROW(event, .label = "核实结论", .required = true, .max = 10, .control = "radio",
	    .choices = confirmation_choices, .hint = "请选择核实结论"),
	ROW(until, .label = "认证有效期至", .required = true, DATE_FIELD,
	    .asked = { { "event", { CONFIRMATION_PASS } } },
	    .help = "一般填写定点协议的到期日，到期后单位须重新认证",
	    .hint = "请填写今天或以后的日期"),
	ROW(remark, .label = "原因", .required = true, .multiline = true, .min = 2, .max = 150,
	    .asked = { { "event", { "reject" } } }, .placeholder = "请输入不予认证的原因",
	    .hint = "请填写不予认证的原因，2 至 150 个字"),
	ROW(version, .label = "版本", .required = true, .control = "hidden", .min = 1,
	    .max = INT64_MAX, .hint = "页面已过期，请刷新后重试"),
};
/* clang-format on */

const struct form confirmation_form = FORM("confirmation", rows);
