#include "handlers/rules/form/operator_form.h"

#include "handlers/rules/check/format.h"
#include "handlers/rules/form/fields.h"

/* clang-format off */
static const struct field operator_lookup_fields[] = {
	FIELD(struct operator_lookup_form, phone, .label = "经办人手机号", .required = true,
	  MOBILE_FIELD, .placeholder = "请输入经办人手机号"),
};

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

const struct form operator_lookup_form = FORM("operator_lookup", operator_lookup_fields);
const struct form operator_add_form = FORM("operator_add", operator_add_fields);
const struct form transfer_form = FORM("transfer", transfer_fields);
const struct form grants_form = FORM("grants", grants_fields);
