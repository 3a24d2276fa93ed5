#include "fcgi/crypto/sm.h"

#include <assert.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/base/log.h"

_Noreturn void
sm_give_up(const char *what)
{
	char reason[256];

	ERR_error_string_n(ERR_get_error(), reason, sizeof(reason));
	log_line(LOG_ERROR, "sm", "step=\"%s\" reason=\"%s\"", what, reason);
	abort();
}

/* ---- random numbers ---- */

void
sm_random(void *out, size_t size)
{
	assert(size <= INT32_MAX);
	if (RAND_bytes(out, (int)size) != 1)
		sm_give_up("random");
}

uint32_t
sm_random_below(uint32_t bound)
{
	/* The last, incomplete run of `bound` values would favour the small ones. */
	uint32_t limit = UINT32_MAX - UINT32_MAX % bound, value;

	do
		sm_random(&value, sizeof(value));
	while (value >= limit);
	return value % bound;
}

bool
sm_equal(const void *a, const void *b, size_t size)
{
	return CRYPTO_memcmp(a, b, size) == 0;
}

/* ---- bytes as text ---- */

static char *
hex(struct arena *arena, const void *bytes, size_t size, const char *digits)
{
	const unsigned char *in = bytes;
	char *text = arena_alloc(arena, size * 2 + 1);

	for (size_t i = 0; i < size; i++) {
		text[i * 2] = digits[in[i] >> 4];
		text[i * 2 + 1] = digits[in[i] & 15];
	}
	return text;
}

char *
sm_hex(struct arena *arena, const void *bytes, size_t size)
{
	return hex(arena, bytes, size, "0123456789abcdef");
}

char *
sm_hex_upper(struct arena *arena, const void *bytes, size_t size)
{
	return hex(arena, bytes, size, "0123456789ABCDEF");
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

enum err
sm_unhex(const char *text, void *out, size_t cap, size_t *ret_size)
{
	unsigned char *to = out;
	size_t len = strlen(text);

	if (len % 2 || len / 2 > cap)
		return ERR_INVALID;
	for (size_t i = 0; i < len / 2; i++) {
		int high = hex_value(text[i * 2]), low = hex_value(text[i * 2 + 1]);

		if (high < 0 || low < 0)
			return ERR_INVALID;
		to[i] = (unsigned char)(high * 16 + low);
	}
	*ret_size = len / 2;
	return ERR_OK;
}

char *
sm_base64(struct arena *arena, const void *bytes, size_t size)
{
	assert(size <= INT32_MAX / 2);
	char *text = arena_alloc(arena, (size + 2) / 3 * 4 + 1);

	EVP_EncodeBlock((unsigned char *)text, bytes, (int)size);
	return text;
}

static int
base64_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* OpenSSL's decoder skips white space, counts padding as bytes and ignores unused bits. */
enum err
sm_unbase64(const char *text, void *out, size_t cap, size_t *ret_size)
{
	unsigned char *to = out;
	size_t len = strlen(text), pad = 0, size = 0;
	uint32_t bits = 0;

	if (len % 4)
		return ERR_INVALID;
	while (pad < 2 && pad < len && text[len - 1 - pad] == '=')
		pad++;
	if (len / 4 * 3 - pad > cap)
		return ERR_INVALID;
	for (size_t i = 0; i < len - pad; i++) {
		int value = base64_value(text[i]);

		if (value < 0)
			return ERR_INVALID;
		bits = (bits << 6 | (uint32_t)value) & 0xffffff;
		if (i % 4) /* the 2nd, 3rd and 4th symbol complete a byte each */
			to[size++] = (unsigned char)(bits >> (6 - 2 * (i % 4)));
	}
	if (pad && bits & (pad == 1 ? 3u : 15u))
		return ERR_INVALID;
	*ret_size = size;
	return ERR_OK;
}

/* ---- SM3 ---- */

void
sm3(const void *bytes, size_t size, unsigned char ret_digest[SM3_SIZE])
{
	if (EVP_Digest(bytes, size, ret_digest, NULL, EVP_sm3(), NULL) != 1)
		sm_give_up("SM3");
}

/* An incomplete type of our own over the library's context: no OpenSSL in the header. */
static EVP_MD_CTX *
context(struct sm3 *sm3)
{
	return (EVP_MD_CTX *)(void *)sm3;
}

struct sm3 *
sm3_new(void)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	if (!ctx || EVP_DigestInit_ex(ctx, EVP_sm3(), NULL) != 1)
		sm_give_up("SM3");
	return (struct sm3 *)(void *)ctx;
}

void
sm3_update(struct sm3 *sm3, const void *bytes, size_t size)
{
	if (EVP_DigestUpdate(context(sm3), bytes, size) != 1)
		sm_give_up("SM3");
}

void
sm3_finish(struct sm3 *sm3, unsigned char ret_digest[SM3_SIZE])
{
	if (EVP_DigestFinal_ex(context(sm3), ret_digest, NULL) != 1)
		sm_give_up("SM3");
}

void
sm3_free(struct sm3 *sm3)
{
	EVP_MD_CTX_free(context(sm3));
}

void
sm3_hmac(const void *key, size_t key_size, const void *bytes, size_t size,
    unsigned char ret_mac[SM3_SIZE])
{
	assert(key_size <= INT32_MAX);
	if (!HMAC(EVP_sm3(), key, (int)key_size, bytes, size, ret_mac, NULL))
		sm_give_up("HMAC-SM3");
}

/* ---- SM4 ---- */

static EVP_CIPHER_CTX *
sm4_context(const unsigned char key[SM4_KEY_SIZE], bool encrypt)
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();

	if (!ctx || EVP_CipherInit_ex(ctx, EVP_sm4_ecb(), NULL, key, NULL, encrypt) != 1)
		sm_give_up("SM4");
	return ctx;
}

enum err
sm4_encrypt(struct arena *arena, const unsigned char key[SM4_KEY_SIZE], const void *plain,
    size_t size, unsigned char **ret_cipher, size_t *ret_size)
{
	int body = 0, tail = 0;

	if (size > SM4_MAX)
		return ERR_TOO_LARGE;
	unsigned char *out = arena_alloc(arena, size + SM4_BLOCK_SIZE);
	EVP_CIPHER_CTX *ctx = sm4_context(key, true);
	if (EVP_CipherUpdate(ctx, out, &body, plain, (int)size) != 1 ||
	    EVP_CipherFinal_ex(ctx, out + body, &tail) != 1)
		sm_give_up("SM4");
	EVP_CIPHER_CTX_free(ctx);
	*ret_cipher = out;
	*ret_size = (size_t)(body + tail);
	return ERR_OK;
}

enum err
sm4_decrypt(struct arena *arena, const unsigned char key[SM4_KEY_SIZE], const void *cipher,
    size_t size, unsigned char **ret_plain, size_t *ret_size)
{
	int body = 0, tail = 0;

	if (size > SM4_MAX + SM4_BLOCK_SIZE)
		return ERR_TOO_LARGE;
	if (size == 0 || size % SM4_BLOCK_SIZE)
		return ERR_INVALID;
	unsigned char *out = arena_alloc(arena, size + SM4_BLOCK_SIZE);
	EVP_CIPHER_CTX *ctx = sm4_context(key, false);
	bool good = EVP_CipherUpdate(ctx, out, &body, cipher, (int)size) == 1 &&
		    EVP_CipherFinal_ex(ctx, out + body, &tail) == 1;
	EVP_CIPHER_CTX_free(ctx);
	ERR_clear_error();
	if (!good)
		return ERR_INVALID;
	*ret_size = (size_t)(body + tail);
	out[*ret_size] = 0; /* over what the padding left */
	*ret_plain = out;
	return ERR_OK;
}
