#include "handlers/rules/form/submission_form.h"

#define ROW(member, ...) FIELD(struct submission_form, member, __VA_ARGS__)

/* clang-format off */
static const struct field rows[] = {
	ROW(version, .label = "版本", .required = true, .control = "hidden", .min = 1,
	    .max = INT64_MAX, .hint = "页面已过期，请刷新后重试"),
};
/* clang-format on */

const struct form submission_form = FORM("submission", rows);
