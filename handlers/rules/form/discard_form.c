#include "handlers/rules/form/discard_form.h"

#define ROW(member, ...) FIELD(struct discard_form, member, __VA_ARGS__)

/* clang-format off */
static const struct field rows[] = {
	ROW(reason, .label = "弃用理由", .required = true, .multiline = true, .min = 1, .max = 200,
	    .placeholder = "请输入弃用理由", .hint = "请填写弃用理由，不超过 200 个字"),
	ROW(version, .label = "版本", .required = true, .control = "hidden", .min = 1,
	    .max = INT64_MAX, .hint = "页面已过期，请刷新后重试"),
};
/* clang-format on */

const struct form discard_form = FORM("discard", rows);
