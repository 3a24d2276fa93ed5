#include "handlers/rules/form/certification_form.h"

#include "handlers/rules/check/format.h"
#include "handlers/rules/form/fields.h"

/* clang-format off */

/* ---- the unit asks --------------------------------------------------------- */

static const struct field certification_fields[] = {
	FIELD(struct certification_form, business_licence, .label = "营业执照", .required = true,
	  .min = 32, .max = 32, .slot = "business_licence",
	  .help = "支持扩展名：.pdf .jpg .jpeg .png，且不超过20M",
	  .hint = "请上传营业执照"),
};

/* ---- a bureau answers ------------------------------------------------------ */

const struct choice confirmation_choices[] = {
	{ CONFIRMATION_PASS, "确认认证", "已核实该单位为定点医药机构" },
	{ "reject", "不予认证", "须写明原因，单位会看到" },
	{ NULL, NULL, NULL },
};

#define F(member, ...) FIELD(struct confirmation_form, member, __VA_ARGS__)
static const struct field confirmation_fields[] = {
	F(event, .label = "核实结论", .required = true, .max = 10, .control = "radio",
	    .choices = confirmation_choices, .hint = "请选择核实结论"),
	F(until, .label = "认证有效期至", .required = true, DATE_FIELD,
	    .asked = { { "event", { CONFIRMATION_PASS } } },
	    .help = "一般填写定点协议的到期日，到期后单位须重新认证",
	    .hint = "请填写今天或以后的日期"),
	F(remark, .label = "原因", .required = true, .multiline = true, .min = 2, .max = 150,
	    .asked = { { "event", { "reject" } } }, .placeholder = "请输入不予认证的原因",
	    .hint = "请填写不予认证的原因，2 至 150 个字"),
	F(version, .label = "版本", .required = true, .control = "hidden", .min = 1,
	    .max = INT64_MAX, .hint = "页面已过期，请刷新后重试"),
};
#undef F
/* clang-format on */

const struct form certification_form = FORM("certification", certification_fields);
const struct form confirmation_form = FORM("confirmation", confirmation_fields);
