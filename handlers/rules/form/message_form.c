#include "handlers/rules/form/message_form.h"

/* clang-format off */
static const struct field message_fields[] = {
	FIELD(struct message_form, id, .label = "消息", .control = "hidden", .min = 0,
	    .max = INT64_C(9007199254740991), .hint = "请刷新页面后重试"),
};

static const struct field message_sms_fields[] = {
	FIELD(struct message_sms_form, on, .label = "短信通知", .required = false,
	    .hint = "请刷新页面后重试"),
};
/* clang-format on */

const struct form message_form = FORM("message", message_fields);
const struct form message_sms_form = FORM("message_sms", message_sms_fields);
