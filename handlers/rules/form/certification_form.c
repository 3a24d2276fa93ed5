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

#define F(member, ...) FIELD(struct certification_revocation_form, member, __VA_ARGS__)
static const struct field revocation_fields[] = {
	F(remark, .label = "撤销原因", .required = true, .multiline = true, .min = 2, .max = 150,
	    .placeholder = "请输入撤销认证的原因", .help = "单位和它的经办人会看到",
	    .hint = "请填写撤销认证的原因，2 至 150 个字"),
	F(version, .label = "版本", .required = true, .control = "hidden", .min = 1,
	    .max = INT64_MAX, .hint = "页面已过期，请刷新后重试"),
};
#undef F

/* ---- 申诉 -------------------------------------------------------------------- */

#define F(member, ...) FIELD(struct appeal_form, member, __VA_ARGS__)
static const struct field appeal_fields[] = {
	F(uscc, .label = "统一社会信用代码", .required = true, USCC_FIELD,
	    .placeholder = "请输入被他人注册的统一社会信用代码"),
	F(contact, .label = "联系人姓名", .required = true, PERSON_NAME,
	    .placeholder = "请输入联系人姓名", .autocomplete = "name",
	    .hint = "请填写联系人姓名，2 至 50 字"),
	F(statement, .label = "情况说明", .required = true, .multiline = true, .min = 5, .max = 300,
	    .placeholder = "请说明本单位与该代码的关系，以及发现的情况",
	    .hint = "请填写情况说明，5 至 300 字"),
	F(phone, .label = "联系人手机号", .required = true, MOBILE_FIELD,
	    .placeholder = "请输入联系人手机号", .autocomplete = "tel",
	    .help = "处理结果会发送到这个手机号"),
	F(sms_code, .label = "短信验证码", .required = true, SMS_CODE_FIELD),
};
#undef F

const struct choice ruling_choices[] = {
	{ RULING_RELEASE, "申诉成立", "收回原账号登记的统一社会信用代码，该代码可重新注册" },
	{ "dismiss", "申诉不成立", "须写明原因，申诉人会收到短信" },
	{ NULL, NULL, NULL },
};

const struct choice ruling_grounds[] = {
	{ "licence", "营业执照与定点医药机构目录不一致", NULL },
	{ "unreadable", "营业执照不清晰或不完整", NULL },
	{ "holder", "原账号经核实为该机构所有", NULL },
	{ "contact", "未能与联系人核实情况", NULL },
	{ "settled", "该代码已可直接注册", NULL },
	{ NULL, NULL, NULL },
};

#define F(member, ...) FIELD(struct ruling_form, member, __VA_ARGS__)
static const struct field ruling_fields[] = {
	F(event, .label = "核实结论", .required = true, .max = 10, .control = "radio",
	    .choices = ruling_choices, .hint = "请选择核实结论"),
	F(ground, .label = "原因", .required = true, .max = 20, .control = "radio",
	    .choices = ruling_grounds, .asked = { { "event", { "dismiss" } } },
	    .help = "会以短信告知申诉人", .hint = "请选择申诉不成立的原因"),
	F(version, .label = "版本", .required = true, .control = "hidden", .min = 1,
	    .max = INT64_MAX, .hint = "页面已过期，请刷新后重试"),
};
#undef F
/* clang-format on */

const struct form certification_form = FORM("certification", certification_fields);
const struct form confirmation_form = FORM("confirmation", confirmation_fields);
const struct form certification_revocation_form =
    FORM("certification_revocation", revocation_fields);
const struct form appeal_form = FORM("appeal", appeal_fields);
const struct form ruling_form = FORM("ruling", ruling_fields);
