#include "handlers/rules/form/account_form.h"

#include "handlers/rules/check/format.h"
#include "handlers/rules/form/fields.h"

/* clang-format off */

/* ---- registering ----------------------------------------------------------- */

const struct choice institution_kind_choices[] = {
	{ "hospital", "定点医疗机构", NULL },
	{ "pharmacy", "定点零售药店", NULL },
	{ NULL, NULL, NULL },
};

#define F(member, ...) FIELD(struct register_unit_form, member, __VA_ARGS__)
static const struct field register_unit_fields[] = {
	F(account, .label = "账号", .required = true, .min = 4, .max = 32, .format = &format_account,
	  .placeholder = "不支持中文、各单位自行设定、仅供登录使用", .autocomplete = "username",
	  .hint = "请填写 4 至 32 位字母、数字或 _ . @ -，不能是统一社会信用代码"),
	F(password, .label = "密码", .required = true, NEW_PASSWORD,
	  .placeholder = "请输入8-16位字符密码, 必须由数字、字母组成"),
	F(password2, .label = "确认密码", .required = true, AGAIN_PASSWORD,
	  .placeholder = "请输入确认密码"),
	F(name, .label = "单位名称", .required = true, .min = 2, .max = 100,
	  .format = &format_unit_name,
	  .placeholder = "请输入单位名称", .autocomplete = "organization",
	  .hint = "请按营业执照填写单位名称，2 至 100 字，不能含网址、电话号码等"),
	F(institution_kind, .label = "机构类型", .required = true, .min = 1, .max = 10,
	  .choices = institution_kind_choices, .control = "select",
	  .placeholder = "请选择机构类型", .hint = "请选择机构类型"),
	F(region, .label = "医保区划", .required = true, .min = 6, .max = 6, .pattern = "[0-9]{6}",
	  .control = "region", .placeholder = "请选择医保区划", .hint = "请选择到区县或本级"),
	F(uscc, .label = "统一社会信用代码", .required = true, USCC_FIELD,
	  .placeholder = "请输入统一社会信用代码"),
	F(address, .label = "单位注册地址", .required = true, .min = 4, .max = 200,
	  .placeholder = "请输入单位注册地址", .autocomplete = "street-address",
	  .hint = "请按营业执照填写单位注册地址，4 至 200 字"),
	F(postcode, .label = "邮政编码", .min = 6, .max = 6, .format = &format_postcode,
	  .placeholder = "请输入邮政编码", .autocomplete = "postal-code",
	  .hint = "请填写 6 位邮政编码，没有可不填"),
	F(legal_name, .label = "法定代表人姓名", .required = true, PERSON_NAME,
	  .placeholder = "请输入法定代表人姓名", .hint = "请填写法定代表人姓名，2 至 50 字"),
	F(legal_id_type, .label = "法定代表人证件类型", .required = true, ID_TYPE_FIELD,
	  .placeholder = "请选择法定代表人证件类型", .hint = "请选择法定代表人证件类型"),
	F(legal_id_no, .label = "法定代表人证件号码", .required = true, ID_NO_FIELD,
	  .placeholder = "请输入法定代表人证件号码"),
	F(legal_phone, .label = "法定代表人移动电话", .required = true, MOBILE_FIELD,
	  .placeholder = "请输入法定代表人移动电话"),
};
#undef F

#define F(member, ...) FIELD(struct register_operator_form, member, __VA_ARGS__)
static const struct field register_operator_fields[] = {
	F(name, .label = "经办人姓名", .required = true, PERSON_NAME,
	  .placeholder = "请输入经办人姓名", .autocomplete = "name",
	  .hint = "请填写经办人姓名，2 至 50 字"),
	F(id_type, .label = "证件类型", .required = true, ID_TYPE_FIELD,
	  .placeholder = "请选择证件类型", .hint = "请选择证件类型"),
	F(id_no, .label = "证件号码", .required = true, ID_NO_FIELD,
	  .placeholder = "请输入证件号码"),
	F(id_start, .label = "证件有效起始日期", .required = true, DATE_FIELD,
	  .hint = "请填写证件有效期的起始日期"),
	F(id_forever, .label = "长期", .max = 1, .hint = "长期有效的请勾选，否则请填写结束日期"),
	F(id_end, .label = "证件有效结束日期", .required = true, DATE_FIELD,
	  .asked = { { "id_forever", { "false" } } },
	  .hint = "请填写证件有效期的结束日期，长期有效的请勾选长期"),
	F(phone, .label = "经办人移动电话", .required = true, MOBILE_FIELD,
	  .placeholder = "请输入经办人移动电话", .autocomplete = "tel"),
	F(password, .label = "经办人密码", .required = true, NEW_PASSWORD,
	  .placeholder = "请输入8-16位字符密码, 必须由数字、字母组成"),
	F(password2, .label = "确认密码", .required = true, AGAIN_PASSWORD,
	  .placeholder = "请输入确认密码"),
	F(sms_code, .label = "短信验证码", .required = true, SMS_CODE_FIELD),
};
#undef F

/* ---- signing in ------------------------------------------------------------ */

#define F(member, ...) FIELD(struct login_form, member, __VA_ARGS__)
static const struct field login_unit_fields[] = {
	F(account, .label = "单位账号/统一社会信用代码", .required = true, .min = 1, .max = 64,
	  .placeholder = "请输入单位账号或统一社会信用代码", .autocomplete = "username",
	  .hint = "请填写单位账号或统一社会信用代码"),
	F(password, .label = "密码", .required = true, OLD_PASSWORD,
	  .placeholder = "请输入密码", .hint = "请填写密码"),
	CAPTCHA_FIELDS(struct login_form),
};
#undef F

#define F(member, ...) FIELD(struct login_form, member, __VA_ARGS__)
static const struct field login_officer_fields[] = {
	F(account, .label = "账号", .required = true, .min = 1, .max = 64,
	  .placeholder = "请输入账号", .autocomplete = "username", .hint = "请填写账号"),
	F(password, .label = "密码", .required = true, OLD_PASSWORD,
	  .placeholder = "请输入密码", .hint = "请填写密码"),
	CAPTCHA_FIELDS(struct login_form),
};
#undef F

#define F(member, ...) FIELD(struct login_operator_form, member, __VA_ARGS__)
static const struct field login_operator_fields[] = {
	F(phone, .label = "手机号", .required = true, MOBILE_FIELD,
	  .placeholder = "请输入手机号", .autocomplete = "username"),
	F(password, .label = "密码", .required = true, OLD_PASSWORD,
	  .placeholder = "请输入密码", .hint = "请填写密码"),
	CAPTCHA_FIELDS(struct login_operator_form),
};
#undef F

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

#define F(member, ...) FIELD(struct sms_code_form, member, __VA_ARGS__)
static const struct field sms_code_fields[] = {
	F(purpose, .label = "用途", .required = true, .min = 1, .max = 20,
	  .choices = sms_purpose_choices, .control = "hidden", .hint = "请刷新页面后重试"),
	F(phone, .label = "手机号", .required = true, MOBILE_FIELD,
	  .autocomplete = "tel"),
	CAPTCHA_FIELDS(struct sms_code_form),
};
#undef F

static const struct field choose_unit_fields[] = {
	FIELD(struct choose_unit_form, unit_id, .label = "单位", .required = true, .min = 1,
	  .max = INT64_MAX, .control = "radio", .hint = "请选择单位"),
};

static const struct field choose_institution_fields[] = {
	FIELD(struct choose_institution_form, institution_id, .label = "定点机构", .required = true,
	  .min = 1, .max = INT64_MAX, .control = "radio", .hint = "请选择定点机构"),
};

/* ---- passwords ------------------------------------------------------------- */

#define F(member, ...) FIELD(struct password_change_form, member, __VA_ARGS__)
static const struct field password_change_fields[] = {
	F(old_password, .label = "原密码", .required = true, OLD_PASSWORD,
	  .placeholder = "请输入原密码", .hint = "请填写原密码"),
	F(password, .label = "新密码", .required = true, NEW_PASSWORD,
	  .placeholder = "请输入8-16位字符密码, 必须由数字、字母组成"),
	F(password2, .label = "确认密码", .required = true, AGAIN_PASSWORD,
	  .placeholder = "请输入确认密码"),
};
#undef F

static const struct field password_reset_account_fields[] = {
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

#define F(member, ...) FIELD(struct password_reset_form, member, __VA_ARGS__)
static const struct field password_reset_fields[] = {
	F(unit_name, .label = "单位名称", .required = true, .min = 1, .max = 100,
	  .placeholder = "请输入单位名称", .autocomplete = "organization",
	  .hint = "请填写注册时的单位名称"),
	F(uscc, .label = "统一社会信用代码", .required = true, USCC_FIELD,
	  .placeholder = "请输入统一社会信用代码"),
	F(legal_name, .label = "法人姓名", .required = true, .min = 1, .max = 50, .pii = true,
	  .placeholder = "请输入法人姓名", .hint = "请填写法人姓名"),
	F(legal_id_type, .label = "法人证件类型", .required = true, ID_TYPE_FIELD,
	  .placeholder = "请选择法人证件类型", .hint = "请选择法人证件类型"),
	F(legal_id_no, .label = "法人证件号码", .required = true, ID_NO_FIELD,
	  .placeholder = "请输入法人证件号码"),
	F(verifier, .label = "联系验证人", .required = true, .min = 1, .max = 10,
	  .choices = verifier_choices, .control = "radio", .hint = "请选择联系验证人"),
	F(verifier_name, .label = "验证人名称", .required = true, .min = 1, .max = 50, .pii = true,
	  .placeholder = "请输入验证人名称", .hint = "请填写验证人姓名"),
	F(phone, .label = "经办人手机号", .required = true, MOBILE_FIELD,
	  .placeholder = "请输入手机号", .autocomplete = "tel"),
	F(password, .label = "新密码", .required = true, NEW_PASSWORD,
	  .placeholder = "请输入8-16位字符密码, 必须由数字、字母组成"),
	F(password2, .label = "确认密码", .required = true, AGAIN_PASSWORD,
	  .placeholder = "请输入确认密码"),
	F(sms_code, .label = "短信验证码", .required = true, SMS_CODE_FIELD),
};
#undef F

#define F(member, ...) FIELD(struct operator_reset_form, member, __VA_ARGS__)
static const struct field operator_reset_fields[] = {
	F(phone, .label = "手机号", .required = true, MOBILE_FIELD,
	  .placeholder = "请输入登录手机号", .autocomplete = "tel"),
	F(name, .label = "姓名", .required = true, PERSON_NAME,
	  .placeholder = "请输入经办人姓名", .autocomplete = "name", .hint = "请填写登记的姓名"),
	F(id_no, .label = "证件号码", .required = true, ID_NO_FIELD,
	  .placeholder = "请输入登记的证件号码"),
	F(password, .label = "新密码", .required = true, NEW_PASSWORD,
	  .placeholder = "请输入8-16位字符密码, 必须由数字、字母组成"),
	F(password2, .label = "确认密码", .required = true, AGAIN_PASSWORD,
	  .placeholder = "请输入确认密码"),
	F(sms_code, .label = "短信验证码", .required = true, SMS_CODE_FIELD),
};
#undef F
/* clang-format on */

const struct form register_unit_form = FORM("register_unit", register_unit_fields);
const struct form register_operator_form = FORM("register_operator", register_operator_fields);
const struct form login_unit_form = FORM("login_unit", login_unit_fields);
const struct form login_officer_form = FORM("login_officer", login_officer_fields);
const struct form login_operator_form = FORM("login_operator", login_operator_fields);
const struct form totp_form = FORM("totp", totp_fields);
const struct form sms_code_form = FORM("sms_code", sms_code_fields);
const struct form choose_unit_form = FORM("choose_unit", choose_unit_fields);
const struct form choose_institution_form = FORM("choose_institution", choose_institution_fields);
const struct form password_change_form = FORM("password_change", password_change_fields);
const struct form password_reset_account_form =
    FORM("password_reset_account", password_reset_account_fields);
const struct form password_reset_form = FORM("password_reset", password_reset_fields);
const struct form operator_reset_form = FORM("operator_reset", operator_reset_fields);
