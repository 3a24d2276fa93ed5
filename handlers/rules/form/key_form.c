#include "handlers/rules/form/key_form.h"

/* clang-format off */

/* ---- the channel ----------------------------------------------------------- */

/* How they may be written is for handlers/key/channel_key_proof.c to read. */
#define F(member, ...) FIELD(struct channel_key_form, member, __VA_ARGS__)
static const struct field channel_key_fields[] = {
	F(public_key, .label = "渠道公钥", .required = true, .min = 1, .max = 4096,
	    .control = "textarea", .multiline = true, .placeholder = "请粘贴渠道公钥",
	    .help = "65 字节（04‖X‖Y）的 Base64 或十六进制，也可以是 PEM 公钥或证书。只填写公钥，请勿填写私钥",
	    .hint = "请填写 SM2 公钥：65 字节（04‖X‖Y）的 Base64 或十六进制，或 PEM 公钥"),
	F(signature, .label = "挑战值签名", .required = true, .min = 1, .max = 4096,
	    .control = "textarea", .multiline = true, .placeholder = "请粘贴对挑战值的签名",
	    .help = "r‖s 共 64 字节的 Base64 或十六进制，不要用 DER（ASN.1）格式",
	    .hint = "请填写签名：r‖s 共 64 字节的 Base64 或十六进制"),
};
#undef F

/* ---- the nation ------------------------------------------------------------ */

#define F(member, ...) FIELD(struct revocation_form, member, __VA_ARGS__)
static const struct field revocation_fields[] = {
	F(serial, .label = "密钥序号", .required = true, .min = 1, .max = 1000000,
	    .hint = "请刷新页面后重试"),
	F(reason, .label = "作废原因", .required = true, .min = 2, .max = 200,
	    .multiline = true, .placeholder = "如：密钥泄露", .help = "作废立即生效，不能撤销",
	    .hint = "请填写作废原因，2 至 200 个字"),
};
#undef F

#define F(member, ...) FIELD(struct reissue_form, member, __VA_ARGS__)
static const struct field reissue_fields[] = {
	F(serial, .label = "密钥序号", .required = true, .min = 1, .max = 1000000,
	    .hint = "请刷新页面后重试"),
	F(overlap_days, .label = "新旧密钥并行天数", .min = 0, .max = OVERLAP_DAYS_MAX,
	    .help = "并行期内新旧密钥都有效；0 表示旧密钥立即停用", .hint = "请填写 0 至 90 的整数"),
	F(reason, .label = "换发原因", .required = true, .min = 2, .max = 200,
	    .multiline = true, .placeholder = "如：定期更换", .hint = "请填写换发原因，2 至 200 个字"),
};
#undef F

/* ---- the applicant --------------------------------------------------------- */

static const struct choice key_choices[] = {
	{ "secret", "数字密钥", NULL },
	{ "channel_private", "渠道私钥", NULL },
	{ NULL, NULL, NULL },
};

static const struct field key_reveal_fields[] = {
	FIELD(struct key_reveal_form, field, .label = "查看密钥", .required = true, .max = 20,
	    .choices = key_choices, .hint = "没有这一项"),
};

#define F(member, ...) FIELD(struct selftest_form, member, __VA_ARGS__)
static const struct field selftest_fields[] = {
	F(envelope, .label = "请求报文", .required = true, .min = 2, .max = 10000,
	    .control = "textarea", .multiline = true, .placeholder = "请粘贴请求报文的 JSON 全文",
	    .help = "用测试环境反馈单上的密钥生成的完整请求报文，含 encData 和 signData；不超过 10000 个字符，不保存报文内容",
	    .hint = "请粘贴请求报文的 JSON 全文，不超过 10000 个字符"),
	F(strict, .label = "部分平台的不同写法也算错误",
	    .help = "数字带引号、空值只去掉一部分等写法，部分平台如此，本平台也受理；需要与规范完全一致时请勾选",
	    .hint = "请勾选或不勾选"),
};
#undef F
/* clang-format on */

const struct form channel_key_form = FORM("channel_key", channel_key_fields);
const struct form revocation_form = FORM("revocation", revocation_fields);
const struct form reissue_form = FORM("reissue", reissue_fields);
const struct form key_reveal_form = FORM("key_reveal", key_reveal_fields);
const struct form selftest_form = FORM("selftest", selftest_fields);
