#include "handlers/rules/form/credential_form.h"

/* clang-format off */
static const struct field revocation_rows[] = {
	FIELD(struct revocation_form, serial, .label = "密钥序号", .required = true, .min = 1, .max = 1000000,
	    .hint = "请刷新页面后重试"),
	FIELD(struct revocation_form, reason, .label = "作废原因", .required = true, .min = 2, .max = 200,
	    .multiline = true, .placeholder = "如：密钥泄露", .help = "作废立即生效，不能撤销",
	    .hint = "请填写作废原因，2 至 200 个字"),
};

static const struct field reissue_rows[] = {
	FIELD(struct reissue_form, serial, .label = "密钥序号", .required = true, .min = 1, .max = 1000000,
	    .hint = "请刷新页面后重试"),
	FIELD(struct reissue_form, overlap_days, .label = "新旧密钥并行天数", .min = 0, .max = OVERLAP_DAYS_MAX,
	    .help = "并行期内新旧密钥都有效；0 表示旧密钥立即停用", .hint = "请填写 0 至 90 的整数"),
	FIELD(struct reissue_form, reason, .label = "换发原因", .required = true, .min = 2, .max = 200,
	    .multiline = true, .placeholder = "如：定期更换", .hint = "请填写换发原因，2 至 200 个字"),
};
/* clang-format on */

const struct form revocation_form = FORM("revocation", revocation_rows);
const struct form reissue_form = FORM("reissue", reissue_rows);
