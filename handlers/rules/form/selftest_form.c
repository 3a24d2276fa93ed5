#include "handlers/rules/form/selftest_form.h"

#define ROW(member, ...) FIELD(struct selftest_form, member, __VA_ARGS__)

/* clang-format off */
static const struct field rows[] = {
	ROW(envelope, .label = "请求报文", .required = true, .min = 2, .max = 10000,
	    .control = "textarea", .multiline = true, .placeholder = "请粘贴请求报文的 JSON 全文",
	    .help = "用测试环境反馈单上的密钥生成的完整请求报文，含 encData 和 signData；不超过 10000 个字符，不保存报文内容",
	    .hint = "请粘贴请求报文的 JSON 全文，不超过 10000 个字符"),
};
/* clang-format on */

const struct form selftest_form = FORM("bench", rows);
