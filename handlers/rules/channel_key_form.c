#include "handlers/rules/channel_key_form.h"

#define ROW(member, ...) FIELD(struct channel_key_form, member, __VA_ARGS__)
#define BASE64 "[A-Za-z0-9+/]{86}[A-Za-z0-9+/=]{2}" /* 64 and 65 bytes are 88 characters both */

/* clang-format off */
static const struct field rows[] = {
	ROW(public_key, .label = "渠道公钥", .required = true, .min = 88, .max = 88,
	    .control = "textarea", .pattern = BASE64, .placeholder = "请输入渠道公钥",
	    .help = "正式环境的 SM2 公钥：65 字节（04‖X‖Y）的 Base64；私钥由渠道自行生成保管，请勿上传",
	    .hint = "请填写 65 字节（04‖X‖Y）SM2 公钥的 Base64，共 88 个字符"),
	ROW(signature, .label = "挑战值签名", .required = true, .min = 88, .max = 88,
	    .control = "textarea", .pattern = BASE64, .placeholder = "请输入对挑战值的签名",
	    .help = "用对应私钥对挑战值的 UTF-8 字节做 SM3withSM2 签名（用户标识 1234567812345678），填写 r‖s 共 64 字节的 Base64",
	    .hint = "请填写 64 字节（r‖s）签名的 Base64，共 88 个字符；DER 格式不被接受"),
};
/* clang-format on */

const struct form channel_key_form = FORM("channel_key", rows);
