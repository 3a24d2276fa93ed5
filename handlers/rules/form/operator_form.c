#include "handlers/rules/form/operator_form.h"

#include "handlers/rules/check/format.h"
#include "handlers/rules/form/fields.h"

/* clang-format off */
#define F(member, ...) FIELD(struct operator_add_form, member, __VA_ARGS__)
static const struct field operator_add_fields[] = {
	F(phone, .label = "经办人手机号", .required = true, MOBILE_FIELD,
	  .placeholder = "请输入经办人手机号"),
	F(name, .label = "经办人姓名", PERSON_NAME, .placeholder = "请输入经办人姓名",
	  .hint = "请填写经办人姓名，2 至 50 字"),
	F(id_type, .label = "证件类型", ID_TYPE_FIELD, .placeholder = "请选择证件类型",
	  .hint = "请选择证件类型"),
	F(id_no, .label = "证件号码", ID_NO_FIELD, .placeholder = "请输入证件号码"),
	F(id_start, .label = "证件有效起始日期", DATE_FIELD,
	  .hint = "请填写证件有效期的起始日期"),
	F(id_forever, .label = "长期", .max = 1, .hint = "长期有效的请勾选，否则请填写结束日期"),
	F(id_end, .label = "证件有效结束日期", DATE_FIELD,
	  .asked = { { "id_forever", { "false" } } },
	  .hint = "请填写证件有效期的结束日期，长期有效的请勾选长期"),
};
#undef F

#define CODE_FIELD .min = 12, .max = 12, .pattern = "[A-Za-z0-9]{12}", .autocomplete = "off", \
	.hint = "请填写短信中的 12 位邀请码，区分大小写"

#define F(member, ...) FIELD(struct invitation_look_form, member, __VA_ARGS__)
static const struct field invitation_look_fields[] = {
	F(phone, .label = "手机号", .required = true, MOBILE_FIELD,
	  .placeholder = "请输入收到短信的手机号", .autocomplete = "tel"),
	F(code, .label = "邀请码", .required = true, CODE_FIELD, .placeholder = "请输入短信中的邀请码"),
	CAPTCHA_FIELDS(struct invitation_look_form),
};
#undef F

#define F(member, ...) FIELD(struct invitation_code_form, member, __VA_ARGS__)
static const struct field invitation_refuse_fields[] = {
	F(phone, .label = "手机号", .required = true, MOBILE_FIELD),
	F(code, .label = "邀请码", .required = true, CODE_FIELD),
};
#undef F

#define F(member, ...) FIELD(struct invitation_accept_form, member, __VA_ARGS__)
static const struct field invitation_accept_fields[] = {
	F(phone, .label = "手机号", .required = true, MOBILE_FIELD),
	F(code, .label = "邀请码", .required = true, CODE_FIELD),
	F(name, .label = "姓名", PERSON_NAME, .placeholder = "请输入您的姓名",
	  .autocomplete = "name", .hint = "请填写您的姓名，2 至 50 字"),
	F(id_type, .label = "证件类型", ID_TYPE_FIELD, .placeholder = "请选择证件类型",
	  .hint = "请选择证件类型"),
	F(id_no, .label = "证件号码", ID_NO_FIELD, .placeholder = "请输入证件号码"),
	F(id_start, .label = "证件有效起始日期", DATE_FIELD,
	  .hint = "请填写证件有效期的起始日期"),
	F(id_forever, .label = "长期", .max = 1, .hint = "长期有效的请勾选，否则请填写结束日期"),
	F(id_end, .label = "证件有效结束日期", DATE_FIELD,
	  .asked = { { "id_forever", { "false" } } },
	  .hint = "请填写证件有效期的结束日期，长期有效的请勾选长期"),
	F(password, .label = "登录密码", NEW_PASSWORD,
	  .placeholder = "请输入8-16位字符密码, 必须由数字、字母组成"),
	F(password2, .label = "确认密码", AGAIN_PASSWORD, .placeholder = "请输入确认密码"),
};
#undef F

const struct choice business_choices[] = {
#define BUSINESS(code, name, wire, text) { wire, text, NULL },
#include "handlers/rules/table/business.def"
#undef BUSINESS
	{ NULL, NULL, NULL },
};

static const struct field grants_fields[] = {
	FIELD(struct grants_form, business, .label = "业务权限", .max = 10,
	  .choices = business_choices,
	  .hint = "请选择要授权的业务"),
};

#define F(member, ...) FIELD(struct transfer_form, member, __VA_ARGS__)
static const struct field transfer_fields[] = {
	F(business, .label = "移交业务", .required = true, .max = 20,
	  .choices = business_choices, .control = "radio", .hint = "请选择要移交的业务"),
	F(to, .label = "移交给", .required = true, .min = 1,
	  .max = INT64_MAX, .control = "radio", .hint = "请选择本单位的另一名经办人"),
};
#undef F
/* clang-format on */

const struct form operator_add_form = FORM("operator_add", operator_add_fields);
const struct form invitation_look_form = FORM("invitation_look", invitation_look_fields);
const struct form invitation_refuse_form = FORM("invitation_refuse", invitation_refuse_fields);
const struct form invitation_accept_form = FORM("invitation_accept", invitation_accept_fields);
const struct form transfer_form = FORM("transfer", transfer_fields);
const struct form grants_form = FORM("grants", grants_fields);
