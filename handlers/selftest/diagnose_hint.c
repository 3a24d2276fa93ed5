/* When not everything could be told: what was tried, and what to print next to find it oneself. */
#include "handlers/selftest/diagnose_hint.h"

#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/crypto/give_up.h"
#include "fcgi/crypto/sm2_trace.h"
#include "handlers/selftest/envelope.h"
#include "handlers/selftest/sign_form.h"

static void
say(struct diagnosis *d, const char *text)
{
	if (d->nnext < DIAGNOSIS_NEXT_MAX)
		d->next[d->nnext++] = text;
}

/* The first digits of a block of zeros under the key: tells two keys apart and gives none away. */
static const char *
check_value(struct arena *arena, const struct selftest_keys *keys)
{
	static const unsigned char zero[SM4_BLOCK_SIZE];
	unsigned char key[SM4_KEY_SIZE], *cipher;
	size_t size;

	envelope_cipher_key(arena, keys->app_id, keys->app_secret, key);
	if (sm4_encrypt(arena, key, zero, sizeof(zero), &cipher, &size) != ERR_OK)
		crypto_give_up("SM4 check value");
	explicit_bzero(key, sizeof(key));
	return bytes_hex_upper(arena, cipher, 3);
}

static void
hint_cipher(struct arena *arena, const struct selftest_keys *keys, struct diagnosis *d)
{
	d->checked = "encData 的十六进制与 Base64 写法，由应用ID和数字密钥派生的一百余种密钥，ECB、"
		     "CBC、CTR、OFB、CFB、GCM 模式和常见的初始向量与填充，UTF-8、GBK、UTF-16 "
		     "编码，SM2 密文";
	say(d,
	    arena_printf(arena,
		"派生出的 SM4 密钥：用它以 ECB 加密 16 个 00 字节，结果的大写十六进制应以 %s 开头",
		check_value(arena, keys)));
	say(d, "加密前的字节：应是 data 的紧凑 JSON，以 { 开头，以 } 结尾，再加 PKCS#7 填充");
	say(d, arena_printf(arena,
		   "encData 的长度：现在是 %zu 个字符，应为 32 的整数倍，全部是 0–9、A–F",
		   strlen(value_text(d->envelope, "encData"))));
}

/* What the signer's program would print, were it right. */
static void
hint_sign(struct arena *arena, const struct selftest_keys *keys, struct diagnosis *d)
{
	unsigned char digest[SM3_SIZE], e[SM2_E_SIZE];
	struct sign_form forms[FORMS_MAX];
	size_t size = strlen(d->expected);

	d->checked = "签名的写法，渠道、平台的公钥，用户标识、Z 值与 ECDSA，待签名串的排序、空值、"
		     "空格、转义、数字写法、编码、字段与 &key= "
		     "的各种差异以及它们的组合，都与这个签名不符";
	sm3(d->expected, size, digest);
	sm2_e_of(keys->channel_public, "1234567812345678", d->expected, size, e);
	say(d, arena_printf(arena, "待签名串的字节数（UTF-8）：应为 %zu", size));
	say(d, arena_printf(arena, "SM3（待签名串）：应为 %s", bytes_hex(arena, digest, SM3_SIZE)));
	say(d, arena_printf(arena, "SM3（Z‖待签名串）：应为 %s", bytes_hex(arena, e, SM2_E_SIZE)));
	if (sign_forms(arena, value_text(d->envelope, "signData"), forms) &&
	    sm2_signed_e(keys->channel_public, forms[0].signature, e) == ERR_OK)
		say(d, arena_printf(arena,
			   "如用渠道私钥签名，由签名推出您签名的杂凑值是 %s；与您打印的 "
			   "SM3（Z‖待签名串）不同时，所用的私钥不是反馈单上的",
			   bytes_hex(arena, e, SM2_E_SIZE)));
}

void
diagnose_hint(struct arena *arena, const struct selftest_keys *keys, struct diagnosis *d)
{
	if (!d->envelope) {
		d->checked = "UTF-8、GBK、UTF-16 编码，BOM，多编码一次的 JSON，URL 编码";
		say(d, "实际发送的请求体的前 100 个字节（十六进制）：应以 7B22 即 {\" 开头");
		say(d, "请求体的字节数，与收到的是否相同：报文是否被截断");
	} else if (d->data_value) {
		if (d->expected)
			hint_sign(arena, keys, d);
	} else if (d->unexplained) {
		hint_cipher(arena, keys, d);
	} else {
		d->checked = "这一步之前的内容；之后的步骤还没有进行";
		say(d, "改正以上问题后再次自测");
	}
}
