#include "handlers/rules/form/password_form.h"

#include "handlers/rules/check/format.h"
#include "handlers/rules/form/fields.h"

/* clang-format off */
#define C(member, ...) FIELD(struct password_change_form, member, __VA_ARGS__)

static const struct field change_fields[] = {
	C(old_password, .label = "原密码", .required = true, OLD_PASSWORD,
	  .placeholder = "请输入原密码", .hint = "请填写原密码"),
	C(password, .label = "新密码", .required = true, NEW_PASSWORD,
	  .placeholder = "请输入8-16位字符密码, 必须由数字、字母组成"),
	C(password2, .label = "确认密码", .required = true, AGAIN_PASSWORD,
	  .placeholder = "请输入确认密码"),
};

static const struct field account_fields[] = {
	FIELD(struct password_reset_account_form, account, .label = "单位账号/统一社会信用代码",
	  .required = true, .min = 1, .max = 64, .placeholder = "请输入单位账号或统一社会信用代码",
	  .autocomplete = "username", .hint = "请填写单位账号或统一社会信用代码"),
	CAPTCHA_FIELDS(struct password_reset_account_form),
};

const struct choice verifier_choices[] = {
	{ "legal", "法人", NULL },
	{ "operator", "经办人", NULL },
	{ NULL, NULL, NULL },
};

#define R(member, ...) FIELD(struct password_reset_form, member, __VA_ARGS__)

static const struct field reset_fields[] = {
	R(unit_name, .label = "单位名称", .required = true, .min = 1, .max = 100,
	  .placeholder = "请输入单位名称", .autocomplete = "organization",
	  .hint = "请填写注册时的单位名称"),
	R(uscc, .label = "统一社会信用代码", .required = true, USCC_FIELD,
	  .placeholder = "请输入统一社会信用代码"),
	R(legal_name, .label = "法人姓名", .required = true, .min = 1, .max = 50, .pii = true,
	  .placeholder = "请输入法人姓名", .hint = "请填写法人姓名"),
	R(legal_id_type, .label = "法人证件类型", .required = true, ID_TYPE_FIELD,
	  .placeholder = "请选择法人证件类型", .hint = "请选择法人证件类型"),
	R(legal_id_no, .label = "法人证件号码", .required = true, ID_NO_FIELD,
	  .placeholder = "请输入法人证件号码"),
	R(verifier, .label = "联系验证人", .required = true, .min = 1, .max = 10,
	  .choices = verifier_choices, .control = "radio", .hint = "请选择联系验证人"),
	R(verifier_name, .label = "验证人名称", .required = true, .min = 1, .max = 50, .pii = true,
	  .placeholder = "请输入验证人名称", .hint = "请填写验证人姓名"),
	R(phone, .label = "经办人手机号", .required = true, MOBILE_FIELD,
	  .placeholder = "请输入手机号", .autocomplete = "tel"),
	R(password, .label = "新密码", .required = true, NEW_PASSWORD,
	  .placeholder = "请输入8-16位字符密码, 必须由数字、字母组成"),
	R(password2, .label = "确认密码", .required = true, AGAIN_PASSWORD,
	  .placeholder = "请输入确认密码"),
	R(sms_code, .label = "短信验证码", .required = true, SMS_CODE_FIELD),
};

#define P(member, ...) FIELD(struct operator_reset_form, member, __VA_ARGS__)

static const struct field operator_fields[] = {
	P(phone, .label = "手机号", .required = true, MOBILE_FIELD,
	  .placeholder = "请输入登录手机号", .autocomplete = "tel"),
	P(name, .label = "姓名", .required = true, PERSON_NAME,
	  .placeholder = "请输入经办人姓名", .autocomplete = "name", .hint = "请填写登记的姓名"),
	P(id_no, .label = "证件号码", .required = true, ID_NO_FIELD,
	  .placeholder = "请输入登记的证件号码"),
	P(password, .label = "新密码", .required = true, NEW_PASSWORD,
	  .placeholder = "请输入8-16位字符密码, 必须由数字、字母组成"),
	P(password2, .label = "确认密码", .required = true, AGAIN_PASSWORD,
	  .placeholder = "请输入确认密码"),
	P(sms_code, .label = "短信验证码", .required = true, SMS_CODE_FIELD),
};
/* clang-format on */

const struct form password_change_form = FORM("password_change", change_fields);
const struct form password_reset_account_form = FORM("password_reset_account", account_fields);
const struct form password_reset_form = FORM("password_reset", reset_fields);
const struct form operator_reset_form = FORM("operator_reset", operator_fields);
