#include "handlers/rules/form/certification_form.h"

/* clang-format off */
static const struct field fields[] = {
	FIELD(struct certification_form, business_licence, .label = "营业执照", .required = true,
	  .min = 32, .max = 32, .slot = "business_licence",
	  .help = "支持扩展名：.pdf .jpg .jpeg .png，且不超过20M",
	  .hint = "请上传营业执照"),
};
/* clang-format on */

const struct form certification_form = FORM("certification", fields);
