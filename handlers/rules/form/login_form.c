#include "handlers/rules/form/login_form.h"

#include "handlers/rules/check/format.h"
#include "handlers/rules/form/fields.h"

/* clang-format off */
#define L(member, ...) FIELD(struct login_form, member, __VA_ARGS__)

static const struct field unit_fields[] = {
	L(account, .label = "单位账号/统一社会信用代码", .required = true, .min = 1, .max = 64,
	  .placeholder = "请输入单位账号或统一社会信用代码", .autocomplete = "username",
	  .hint = "请填写单位账号或统一社会信用代码"),
	L(password, .label = "密码", .required = true, OLD_PASSWORD,
	  .placeholder = "请输入密码", .hint = "请填写密码"),
	CAPTCHA_FIELDS(struct login_form),
};

static const struct field officer_fields[] = {
	L(account, .label = "账号", .required = true, .min = 1, .max = 64,
	  .placeholder = "请输入账号", .autocomplete = "username", .hint = "请填写账号"),
	L(password, .label = "密码", .required = true, OLD_PASSWORD,
	  .placeholder = "请输入密码", .hint = "请填写密码"),
	CAPTCHA_FIELDS(struct login_form),
};

#define O(member, ...) FIELD(struct login_operator_form, member, __VA_ARGS__)

static const struct field operator_fields[] = {
	O(phone, .label = "手机号", .required = true, MOBILE_FIELD,
	  .placeholder = "请输入手机号", .autocomplete = "username"),
	O(password, .label = "密码", .required = true, OLD_PASSWORD,
	  .placeholder = "请输入密码", .hint = "请填写密码"),
	CAPTCHA_FIELDS(struct login_operator_form),
};

static const struct field totp_fields[] = {
	FIELD(struct totp_form, code, .label = "动态口令", .required = true, .min = 6, .max = 11,
	  .pattern = "([0-9] ?){6}", .autocomplete = "one-time-code", .secret = true,
	  .pii = true,
	  .control = "text", .placeholder = "请输入 6 位数字",
	  .hint = "请填写身份验证器当前显示的 6 位数字"),
};

const struct choice sms_purpose_choices[] = {
	{ "register", "单位注册", NULL },
	{ "reset", "找回密码", NULL },
	{ "operator_reset", "经办人找回密码", NULL },
	{ NULL, NULL, NULL },
};

static const struct field sms_fields[] = {
	FIELD(struct sms_code_form, purpose, .label = "用途", .required = true, .min = 1, .max = 20,
	  .choices = sms_purpose_choices, .control = "hidden", .hint = "请刷新页面后重试"),
	FIELD(struct sms_code_form, phone, .label = "手机号", .required = true, MOBILE_FIELD,
	  .autocomplete = "tel"),
	CAPTCHA_FIELDS(struct sms_code_form),
};

static const struct field choose_unit_fields[] = {
	FIELD(struct choose_unit_form, unit_id, .label = "单位", .required = true, .min = 1,
	  .max = INT64_MAX, .control = "radio", .hint = "请选择单位"),
};

static const struct field choose_institution_fields[] = {
	FIELD(struct choose_institution_form, institution_id, .label = "定点机构", .required = true,
	  .min = 1, .max = INT64_MAX, .control = "radio", .hint = "请选择定点机构"),
};
/* clang-format on */

const struct form login_unit_form = FORM("login_unit", unit_fields);
const struct form login_officer_form = FORM("login_officer", officer_fields);
const struct form login_operator_form = FORM("login_operator", operator_fields);
const struct form totp_form = FORM("totp", totp_fields);
const struct form sms_code_form = FORM("sms_code", sms_fields);
const struct form choose_unit_form = FORM("choose_unit", choose_unit_fields);
const struct form choose_institution_form = FORM("choose_institution", choose_institution_fields);
