#include "handlers/rules/form/claim_form.h"

/* clang-format off */
static const struct field rows[] = {
	FIELD(struct claim_form, reason, .label = "接手原因", .min = 2, .max = 100,
	    .placeholder = "如：同事休假", .help = "原领取人会看到这段文字",
	    .hint = "请填写接手原因，2 至 100 个字"),
	FIELD(struct claim_form, holder, .label = "原领取人", .min = 1, .max = 40, .pii = true,
	    .control = "hidden", .hint = "请刷新页面后重试"),
};
/* clang-format on */

const struct form claim_form = FORM("claim", rows);
