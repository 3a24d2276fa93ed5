#include "handlers/rules/form/register_form.h"

#include "handlers/rules/check/format.h"
#include "handlers/rules/form/fields.h"

const struct choice institution_kind_choices[] = {
	{ "hospital", "定点医疗机构", NULL },
	{ "pharmacy", "定点零售药店", NULL },
	{ NULL, NULL, NULL },
};

/* clang-format off */
#define U(member, ...) FIELD(struct register_unit_form, member, __VA_ARGS__)

static const struct field unit_fields[] = {
	U(account, .label = "账号", .required = true, .min = 4, .max = 32, .format = &format_account,
	  .placeholder = "不支持中文、各单位自行设定、仅供登录使用", .autocomplete = "username",
	  .hint = "请填写 4 至 32 位字母、数字或 _ . @ -，不能是统一社会信用代码"),
	U(password, .label = "密码", .required = true, NEW_PASSWORD,
	  .placeholder = "请输入8-16位字符密码, 必须由数字、字母组成"),
	U(password2, .label = "确认密码", .required = true, AGAIN_PASSWORD,
	  .placeholder = "请输入确认密码"),
	U(name, .label = "单位名称", .required = true, .min = 2, .max = 100,
	  .placeholder = "请输入单位名称", .autocomplete = "organization",
	  .hint = "请按营业执照填写单位名称，2 至 100 字"),
	U(institution_kind, .label = "机构类型", .required = true, .min = 1, .max = 10,
	  .choices = institution_kind_choices, .control = "select",
	  .placeholder = "请选择机构类型", .hint = "请选择机构类型"),
	U(region, .label = "医保区划", .required = true, .min = 6, .max = 6, .pattern = "[0-9]{6}",
	  .control = "region", .placeholder = "请选择医保区划", .hint = "请选择到区县或本级"),
	U(uscc, .label = "统一社会信用代码", .required = true, USCC_FIELD,
	  .placeholder = "请输入统一社会信用代码"),
	U(address, .label = "单位注册地址", .required = true, .min = 4, .max = 200,
	  .placeholder = "请输入单位注册地址", .autocomplete = "street-address",
	  .hint = "请按营业执照填写单位注册地址，4 至 200 字"),
	U(postcode, .label = "邮政编码", .min = 6, .max = 6, .format = &format_postcode,
	  .placeholder = "请输入邮政编码", .autocomplete = "postal-code",
	  .hint = "请填写 6 位邮政编码，没有可不填"),
	U(legal_name, .label = "法定代表人姓名", .required = true, PERSON_NAME,
	  .placeholder = "请输入法定代表人姓名", .hint = "请填写法定代表人姓名，2 至 50 字"),
	U(legal_id_type, .label = "法定代表人证件类型", .required = true, ID_TYPE_FIELD,
	  .placeholder = "请选择法定代表人证件类型", .hint = "请选择法定代表人证件类型"),
	U(legal_id_no, .label = "法定代表人证件号码", .required = true, ID_NO_FIELD,
	  .placeholder = "请输入法定代表人证件号码"),
	U(legal_phone, .label = "法定代表人移动电话", .required = true, MOBILE_FIELD,
	  .placeholder = "请输入法定代表人移动电话"),
};

#define O(member, ...) FIELD(struct register_operator_form, member, __VA_ARGS__)

static const struct field operator_fields[] = {
	O(name, .label = "经办人姓名", .required = true, PERSON_NAME,
	  .placeholder = "请输入经办人姓名", .autocomplete = "name",
	  .hint = "请填写经办人姓名，2 至 50 字"),
	O(id_type, .label = "证件类型", .required = true, ID_TYPE_FIELD,
	  .placeholder = "请选择证件类型", .hint = "请选择证件类型"),
	O(id_no, .label = "证件号码", .required = true, ID_NO_FIELD,
	  .placeholder = "请输入证件号码"),
	O(id_start, .label = "证件有效起始日期", .required = true, DATE_FIELD,
	  .hint = "请填写证件有效期的起始日期"),
	O(id_forever, .label = "长期", .max = 1, .hint = "长期有效的请勾选，否则请填写结束日期"),
	O(id_end, .label = "证件有效结束日期", .required = true, DATE_FIELD,
	  .asked = { { "id_forever", { "false" } } },
	  .hint = "请填写证件有效期的结束日期，长期有效的请勾选长期"),
	O(phone, .label = "经办人移动电话", .required = true, MOBILE_FIELD,
	  .placeholder = "请输入经办人移动电话", .autocomplete = "tel"),
	O(password, .label = "经办人密码", .required = true, NEW_PASSWORD,
	  .placeholder = "请输入8-16位字符密码, 必须由数字、字母组成"),
	O(password2, .label = "确认密码", .required = true, AGAIN_PASSWORD,
	  .placeholder = "请输入确认密码"),
	O(sms_code, .label = "短信验证码", .required = true, SMS_CODE_FIELD),
};
/* clang-format on */

const struct form register_unit_form = FORM("register_unit", unit_fields);
const struct form register_operator_form = FORM("register_operator", operator_fields);
