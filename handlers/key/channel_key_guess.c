#include "handlers/key/channel_key_guess.h"

#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/base/bytes.h"
#include "fcgi/crypto/digest.h"
#include "fcgi/crypto/sm2_trace.h"

#define DEFAULT_ID "1234567812345678"
#define TEXTS_MAX 32

/* What may have been signed instead of the challenge. */
struct signed_text {
	const void *bytes;
	size_t size;
	const char *why;
};

struct texts {
	struct arena *arena;
	struct signed_text list[TEXTS_MAX];
	size_t count;
};

static void
add(struct texts *texts, const void *bytes, size_t size, const char *why)
{
	if (texts->count < TEXTS_MAX)
		texts->list[texts->count++] = (struct signed_text){ bytes, size, why };
}

static void
add_text(struct texts *texts, const char *text, const char *why)
{
	add(texts, text, strlen(text), why);
}

static void
add_around(struct texts *texts, const char *c)
{
	static const char line[] = "签名的文本末尾多了换行，请只对挑战值本身重新签名";
	static const char blank[] = "签名的文本首尾多了空白或引号，请只对挑战值本身重新签名";

	add_text(texts, arena_printf(texts->arena, "%s\n", c), line);
	add_text(texts, arena_printf(texts->arena, "%s\r\n", c), line);
	add_text(texts, arena_printf(texts->arena, "%s\r", c), line);
	add_text(texts, arena_printf(texts->arena, " %s", c), blank);
	add_text(texts, arena_printf(texts->arena, "%s ", c), blank);
	add_text(texts, arena_printf(texts->arena, "\"%s\"", c), blank);
}

/* What lenient decoders make of it: others' signs are left out, or it ends at the first of them. */
static void
add_unbase64(struct texts *texts, const char *c)
{
	static const char why[] = "签名前对挑战值做了 Base64 解码，请直接对挑战值的文本签名";
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (int way = 0; way < 3; way++) { /* - left out; - is +; ends at the first other sign */
		unsigned char *out = arena_alloc(texts->arena, strlen(c));
		size_t size = 0, symbols = 0;
		unsigned bits = 0;

		for (const char *at = c; *at; at++) {
			char sign = *at == '-' && way == 1 ? '+' : *at;
			const char *found = strchr(digits, sign);

			if (!found && way == 2)
				break;
			if (!found)
				continue;
			bits = (bits << 6 | (unsigned)(found - digits)) & 0xffffff;
			if (symbols++ % 4)
				out[size++] =
				    (unsigned char)(bits >> (6 - 2 * ((symbols - 1) % 4)));
		}
		add(texts, out, size, why);
	}
}

static void
add_encoded(struct texts *texts, const char *c)
{
	static const char base64[] = "签名前对挑战值做了 Base64 编码，请直接对挑战值的文本签名";
	static const char hex[] = "签名前把挑战值转成了十六进制，请直接对挑战值的文本签名";
	static const char wide[] = "签名的文本不是 UTF-8 编码（而是 UTF-16），请按 UTF-8 重新签名";
	size_t n = strlen(c);
	char *little = arena_alloc(texts->arena, 2 * n), *big = arena_alloc(texts->arena, 2 * n);

	add_unbase64(texts, c);
	add_text(texts, bytes_base64(texts->arena, c, n), base64);
	add_text(texts, bytes_hex(texts->arena, c, n), hex);
	add_text(texts, bytes_hex_upper(texts->arena, c, n), hex);
	for (size_t i = 0; i < n; i++)
		little[2 * i] = big[2 * i + 1] = c[i];
	add(texts, little, 2 * n, wide);
	add(texts, big, 2 * n, wide);
}

/* The last part alone, or a digest. */
static void
add_parts(struct texts *texts, const char *c)
{
	static const char part[] = "只对挑战值的一部分签了名，请对挑战值的全部文本签名";
	static const char digest[] =
	    "对挑战值的摘要再次做了签名，请直接对挑战值的文本签名，摘要由 SM2 签名函数计算";
	const char *last = strrchr(c, ':');
	unsigned char *sum = arena_alloc(texts->arena, SM3_SIZE),
		      *sha = arena_alloc(texts->arena, 32), *nonce;

	if (last++) {
		size_t n = strlen(last), size;

		nonce = arena_alloc(texts->arena, n + 1);
		add_text(texts, last, part);
		if (bytes_unhex(last, nonce, n, &size) == ERR_OK)
			add(texts, nonce, size, part);
	}
	sm3(c, strlen(c), sum);
	sha256(c, strlen(c), sha);
	add(texts, sum, SM3_SIZE, digest);
	add(texts, sha, 32, digest);
	add_text(texts, bytes_hex(texts->arena, sum, SM3_SIZE), digest);
	add_text(texts, bytes_hex_upper(texts->arena, sum, SM3_SIZE), digest);
	add_text(texts, bytes_base64(texts->arena, sum, SM3_SIZE), digest);
}

/* User ids that are taken for the standard one, or stand in old examples. */
static const struct {
	const char *id, *why;
} ids[] = {
	{ DEFAULT_ID, NULL },
	{ "", "签名时用户标识为空，请设为 " DEFAULT_ID " 后重新签名" },
	{ "\x12\x34\x56\x78\x12\x34\x56\x78",
	    "用户标识按十六进制解码成了 8 字节，请用 16 个字符 " DEFAULT_ID " 重新签名" },
	{ "31323334353637383132333435363738",
	    "用户标识写成了十六进制文本，请用 16 个字符 " DEFAULT_ID " 重新签名" },
	{ "ALICE123@YAHOO.COM", "用户标识是标准文本中的示例，请设为 " DEFAULT_ID " 后重新签名" },
};

/* e is what was signed. NULL: none of these. */
static const char *
of_text(const unsigned char e[SM2_E_SIZE], const unsigned char key[SM2_PUBLIC_SIZE],
    const struct signed_text *text)
{
	unsigned char wanted[SM2_E_SIZE], digest[SM3_SIZE];

	for (size_t i = 0; i < COUNT(ids); i++) {
		sm2_e_of(key, ids[i].id, text->bytes, text->size, wanted);
		if (memcmp(e, wanted, SM2_E_SIZE) == 0)
			return text->why ? text->why : ids[i].why;
	}
	sm3(text->bytes, text->size, digest);
	sm2_e_reduce(digest, sizeof(digest), wanted);
	bool hashed = memcmp(e, wanted, SM2_E_SIZE) == 0;
	sm2_e_reduce(text->bytes, text->size, wanted); /* `hash: false` of sm-crypto */
	if (hashed || memcmp(e, wanted, SM2_E_SIZE) == 0)
		return "签名未按标准计算摘要（缺少含用户标识和公钥的 Z 值），请用 SM3withSM2 "
		       "重新签名";
	return NULL;
}

static bool
is_ecdsa(const unsigned char key[SM2_PUBLIC_SIZE], const unsigned char *signature,
    const struct signed_text *text)
{
	unsigned char digest[32];

	sm3(text->bytes, text->size, digest);
	if (sm2_is_ecdsa(key, signature, digest))
		return true;
	sha256(text->bytes, text->size, digest);
	return sm2_is_ecdsa(key, signature, digest);
}

static const char *
of_form(const struct texts *texts, const unsigned char *signature,
    const unsigned char key[SM2_PUBLIC_SIZE])
{
	unsigned char e[SM2_E_SIZE];
	const struct signed_text *c = &texts->list[0];
	const char *why = NULL;

	if (sm2_signed_e(key, signature, e) == ERR_OK)
		for (size_t i = 0; i < texts->count && !why; i++)
			why = of_text(e, key, &texts->list[i]);
	if (why)
		return why;
	return is_ecdsa(key, signature, c)
		   ? "这是 ECDSA 签名，不是 SM2 签名，请改用 SM3withSM2 重新签名"
		   : NULL;
}

const char *
channel_key_guess(struct arena *arena, const struct sign_form *forms, size_t count,
    const char *challenge, const unsigned char key[SM2_PUBLIC_SIZE])
{
	struct texts texts = { .arena = arena };

	add_text(&texts, challenge, NULL);
	add_around(&texts, challenge);
	add_encoded(&texts, challenge);
	add_parts(&texts, challenge);
	for (size_t i = 0; i < count; i++) {
		const char *why = of_form(&texts, forms[i].signature, key);

		if (why && sign_form_has(&forms[i], MISTAKE_SIGN_DER))
			return arena_printf(arena,
			    "%s；填写 r‖s 共 64 字节，不要用 DER（ASN.1）格式", why);
		if (why)
			return why;
	}
	return "签名与公钥或挑战值不符，请用该公钥对应的私钥对页面显示的挑战值重新签名";
}
