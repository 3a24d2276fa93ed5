#include "handlers/rules/form/channel_key_form.h"

#define ROW(member, ...) FIELD(struct channel_key_form, member, __VA_ARGS__)

/* How they may be written is for handlers/key/channel_key_proof.c to read. */
/* clang-format off */
static const struct field rows[] = {
	ROW(public_key, .label = "渠道公钥", .required = true, .min = 1, .max = 4096,
	    .control = "textarea", .multiline = true, .placeholder = "请粘贴渠道公钥",
	    .help = "65 字节（04‖X‖Y）的 Base64 或十六进制，也可以是 PEM 公钥或证书。只填写公钥，请勿填写私钥",
	    .hint = "请填写 SM2 公钥：65 字节（04‖X‖Y）的 Base64 或十六进制，或 PEM 公钥"),
	ROW(signature, .label = "挑战值签名", .required = true, .min = 1, .max = 4096,
	    .control = "textarea", .multiline = true, .placeholder = "请粘贴对挑战值的签名",
	    .help = "r‖s 共 64 字节的 Base64 或十六进制，不要用 DER（ASN.1）格式",
	    .hint = "请填写签名：r‖s 共 64 字节的 Base64 或十六进制"),
};
/* clang-format on */

const struct form channel_key_form = FORM("channel_key", rows);
