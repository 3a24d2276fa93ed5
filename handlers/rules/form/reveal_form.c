#include "handlers/rules/form/reveal_form.h"

#define ROW(member, ...) FIELD(struct reveal_form, member, __VA_ARGS__)

/* clang-format off */
const struct choice reveal_choices[] = {
	{ "contact_phone", "定点医药机构联系电话", NULL },
	{ "tester_name", "测试人员姓名", NULL },
	{ "tester_id_no", "测试人员证件号码", NULL },
	{ "legal_name", "法定代表人姓名", NULL },
	{ "legal_id_no", "法定代表人证件号码", NULL },
	{ "legal_phone", "法定代表人移动电话", NULL },
	{ NULL, NULL, NULL },
};

static const struct field rows[] = {
	ROW(field, .label = "查看完整号码", .required = true, .max = 20, .choices = reveal_choices,
	    .hint = "没有这一项"),
};
/* clang-format on */

const struct form reveal_form = FORM("reveal", rows);
