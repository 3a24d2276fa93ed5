#include "handlers/rules/form/key_reveal_form.h"

/* clang-format off */
static const struct choice choices[] = {
	{ "secret", "数字密钥", NULL },
	{ "channel_private", "渠道私钥", NULL },
	{ NULL, NULL, NULL },
};

static const struct field rows[] = {
	FIELD(struct key_reveal_form, field, .label = "查看密钥", .required = true, .max = 20,
	    .choices = choices, .hint = "没有这一项"),
};
/* clang-format on */

const struct form key_reveal_form = FORM("key_reveal", rows);
