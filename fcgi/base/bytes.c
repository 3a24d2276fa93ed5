#include "fcgi/base/bytes.h"

#include <assert.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdint.h>
#include <string.h>

bool
bytes_equal(const void *a, const void *b, size_t size)
{
	return CRYPTO_memcmp(a, b, size) == 0;
}

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
bytes_hex(struct arena *arena, const void *bytes, size_t size)
{
	return hex(arena, bytes, size, "0123456789abcdef");
}

char *
bytes_hex_upper(struct arena *arena, const void *bytes, size_t size)
{
	return hex(arena, bytes, size, "0123456789ABCDEF");
}

bool
bytes_is_hex(const char *text, size_t digits)
{
	return strspn(text, "0123456789abcdef") == digits && !text[digits];
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
bytes_unhex(const char *text, void *out, size_t cap, size_t *ret_size)
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
bytes_base64(struct arena *arena, const void *bytes, size_t size)
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
bytes_unbase64(const char *text, void *out, size_t cap, size_t *ret_size)
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

char *
bytes_percent(struct arena *arena, const char *text)
{
	static const char plain[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
	static const char digits[] = "0123456789ABCDEF";
	char *out = arena_alloc(arena, strlen(text) * 3 + 1), *to = out;

	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		if (strchr(plain, *c)) {
			*to++ = (char)*c;
		} else {
			*to++ = '%';
			*to++ = digits[*c >> 4];
			*to++ = digits[*c & 15];
		}
	}
	return out;
}

bool
bytes_unpercent(char *text)
{
	char *to = text;

	for (const char *from = text; *from; from++) {
		if (*from == '+') {
			*to++ = ' ';
		} else if (*from == '%') {
			int high = hex_value(from[1]), low = high < 0 ? -1 : hex_value(from[2]);

			if (low < 0 || high * 16 + low == 0)
				return false;
			*to++ = (char)(high * 16 + low);
			from += 2;
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
	return true;
}
