#include "handlers/key/channel_key_proof.h"

#include <string.h>

#include "fcgi/base/bytes.h"
#include "handlers/key/channel_key_guess.h"
#include "handlers/key/key_text.h"
#include "handlers/selftest/sign_form.h"
#include "sql/key/channel_key.h"

static const char given_away[] = "您填写的是私钥。平台没有保存，但私钥一经发出即应视为已泄露：请停"
				 "用这对密钥，重新生成一对，只上报公钥";

static const char *const why_not_read[] = {
	[SM2_TEXT_PRIVATE] = given_away,
	[SM2_TEXT_P256] =
	    "这是 NIST P-256 曲线的公钥，请用国密 SM2 曲线（sm2p256v1）重新生成密钥对后上报",
	[SM2_TEXT_OTHER_CURVE] =
	    "这是其他曲线的公钥，请用国密 SM2 曲线（sm2p256v1）重新生成密钥对后上报",
	[SM2_TEXT_RSA] = "这是 RSA 公钥，请重新生成国密 SM2 密钥对后上报",
	[SM2_TEXT_INFINITY] = "这是无穷远点，不能作为公钥，请重新生成密钥对后上报",
	[SM2_TEXT_OFF_CURVE] = "公钥不是 SM2 曲线上的点，请核对是否完整复制，并确认由 SM2 工具生成",
	[SM2_TEXT_UNKNOWN] =
	    "公钥无法识别，请填写 65 字节（04‖X‖Y）的 Base64 或十六进制，或 PEM 公钥",
};

static const char *const why_not_used[] = {
	[KEY_OF_PLATFORM] = "这是平台公钥，请填写渠道自己的公钥",
	[KEY_OF_TEST] = "不能使用测试环境的渠道公钥，请自行生成正式环境的密钥对后上报",
	[KEY_SPENT] = "该公钥对应的密钥已作废，请重新生成密钥对后上报",
	[KEY_REPLACED] = "该公钥以前上报过并已被替换，请重新生成密钥对后上报",
	[KEY_OF_OTHERS] = "该公钥已用于其他申请单，请为本申请单重新生成专用的密钥对后上报",
};

static enum err
refuse_key(struct req *q, const char *field, const char *text)
{
	return form_refuse(&channel_key_form, &q->errors, field, text);
}

enum err
channel_key_no_secret(struct req *q, const struct channel_key_form *in)
{
	enum err e = ERR_OK;

	if (key_text_gives_away(q->arena, in->public_key))
		e = refuse_key(q, "public_key", given_away);
	if (key_text_gives_away(q->arena, in->signature))
		e = refuse_key(q, "signature", given_away);
	return e;
}

enum err
channel_key_read(struct req *q, int64_t application_id, const char *text,
    unsigned char ret_key[SM2_PUBLIC_SIZE])
{
	enum key_text found = key_text_public(q->arena, text, ret_key);
	enum key_use use;

	if (found != SM2_TEXT_PUBLIC)
		return refuse_key(q, "public_key", why_not_read[found]);
	TRY(channel_key_use(q->db, q->arena, application_id,
	    bytes_base64(q->arena, ret_key, SM2_PUBLIC_SIZE), &use));
	return use == KEY_UNUSED ? ERR_OK : refuse_key(q, "public_key", why_not_used[use]);
}

/* Not written as 64 bytes r‖s, but good: what is to be changed. NULL: it is not good either. */
static const char *
why_not_taken(const struct sign_form *forms, size_t count, const char *challenge,
    const unsigned char key[SM2_PUBLIC_SIZE])
{
	for (size_t i = 0; i < count; i++) {
		if (sm2_verify(key, challenge, strlen(challenge), forms[i].signature) != ERR_OK)
			continue;
		if (sign_form_has(&forms[i], MISTAKE_SIGN_SWAPPED))
			return "签名中 r 与 s 的顺序颠倒，请按 r‖s 的顺序填写";
		if (sign_form_has(&forms[i], MISTAKE_SIGN_NOT_PADDED))
			return "签名的 r 或 s 不足 32 字节，请在左侧补零到各 32 字节，重新填写 r‖s "
			       "共 64 字节";
		return "这是 DER（ASN.1）格式的签名，请转换为 r‖s 各 32 字节、共 64 字节后填写其 "
		       "Base64";
	}
	return NULL;
}

enum err
channel_key_prove(struct req *q, const char *challenge, const char *signature,
    const unsigned char key[SM2_PUBLIC_SIZE])
{
	unsigned char bytes[SM2_SIGNATURE_SIZE], other[SM2_PUBLIC_SIZE];
	struct sign_form forms[FORMS_MAX];
	const char *why;

	if (key_text_signature(q->arena, signature, bytes) == ERR_OK &&
	    sm2_verify(key, challenge, strlen(challenge), bytes) == ERR_OK)
		return ERR_OK;
	size_t count = sign_forms(q->arena, signature, forms);
	if (strstr(signature, challenge))
		why = "这里填写的是挑战值本身，请填写用渠道私钥对它签名的结果";
	else if (count)
		why = why_not_taken(forms, count, challenge, key);
	else if (key_text_public(q->arena, signature, other) == SM2_TEXT_PUBLIC)
		why = "这里填写的是公钥，请填写用对应私钥对挑战值签名的结果";
	else
		why = NULL; /* the hint of the field */
	if (count && !why)
		why = channel_key_guess(q->arena, forms, count, challenge, key);
	return refuse_key(q, "signature", why);
}
