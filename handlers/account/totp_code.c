#include "handlers/account/totp_code.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <qrencode.h>
#include <stdio.h>
#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/random.h"
#include "fcgi/crypto/give_up.h"

#define ALPHABET "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
#define DIGITS 6
#define MODULUS 1000000
#define QUIET 4 /* modules around the code, as ISO 18004 asks */

char *
totp_secret(struct arena *arena)
{
	unsigned char raw[TOTP_SECRET_BYTES];
	char *text = arena_alloc(arena, TOTP_SECRET_BYTES * 8 / 5 + 1);
	size_t out = 0;
	unsigned bits = 0, have = 0;

	random_bytes(raw, sizeof(raw));
	for (size_t i = 0; i < sizeof(raw); i++) {
		bits = bits << 8 | raw[i];
		for (have += 8; have >= 5; have -= 5)
			text[out++] = ALPHABET[bits >> (have - 5) & 31];
	}
	text[out] = '\0';
	explicit_bzero(raw, sizeof(raw));
	return text;
}

/* 0: no base32, or too much of it. */
static size_t
unbase32(const char *text, unsigned char *out, size_t cap)
{
	unsigned bits = 0, have = 0;
	size_t size = 0;

	for (; *text; text++) {
		const char *at = strchr(ALPHABET, *text);

		if (!at)
			return 0;
		bits = bits << 5 | (unsigned)(at - ALPHABET);
		have += 5;
		if (have < 8)
			continue;
		have -= 8;
		if (size == cap)
			return 0;
		out[size++] = (unsigned char)(bits >> have & 255);
	}
	return size;
}

int32_t
totp_code(const char *secret, int64_t step)
{
	unsigned char key[64], moment[8], digest[EVP_MAX_MD_SIZE];
	size_t size = unbase32(secret, key, sizeof(key));
	unsigned length = 0;

	if (size == 0)
		return -1;
	for (int i = 0; i < 8; i++)
		moment[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i) & 255);
	if (!HMAC(EVP_sha1(), key, (int)size, moment, sizeof(moment), digest, &length))
		crypto_give_up("HMAC-SHA-1");
	explicit_bzero(key, sizeof(key));
	unsigned at = digest[length - 1] & 15;
	uint32_t word = (uint32_t)(digest[at] & 127) << 24 | (uint32_t)digest[at + 1] << 16 |
			(uint32_t)digest[at + 2] << 8 | digest[at + 3];
	return (int32_t)(word % MODULUS);
}

bool
totp_match(const char *secret, const char *typed, int64_t now, int64_t *ret_step)
{
	char code[DIGITS + 1] = "", expected[16];
	size_t len = 0;
	bool match = false;

	for (; *typed; typed++) {
		if (*typed == ' ')
			continue;
		if (len == DIGITS)
			return false;
		code[len++] = *typed;
	}
	if (len != DIGITS)
		return false;
	for (int64_t step = now / TOTP_STEP - 1; step <= now / TOTP_STEP + 1; step++) {
		snprintf(expected, sizeof(expected), "%06d", (int)totp_code(secret, step));
		if (bytes_equal(code, expected, DIGITS)) {
			*ret_step = step;
			match = true;
		}
	}
	return match;
}

/* Everything but the unreserved characters of RFC 3986 as %XX. */
static const char *
escaped(struct arena *arena, const char *text)
{
	char *out = arena_alloc(arena, strlen(text) * 3 + 1), *p = out;

	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
			     (*c >= '0' && *c <= '9') || strchr("-._~", *c);

		if (plain)
			*p++ = (char)*c;
		else
			p = stpcpy(p, arena_printf(arena, "%%%02X", *c));
	}
	*p = '\0';
	return out;
}

char *
totp_uri(struct arena *arena, const char *issuer, const char *account, const char *secret)
{
	return arena_printf(arena,
	    "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=6&period=30",
	    escaped(arena, issuer), escaped(arena, account), secret, escaped(arena, issuer));
}

char *
totp_qr(struct arena *arena, const char *text, int *ret_size)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);

	if (!code)
		return NULL;
	int width = code->width;
	/* "M123 123h1v1h-1z" is the longest a module takes */
	size_t cap = (size_t)width * (size_t)width * 20 + 1;
	char *path = arena_alloc(arena, cap), *p = path;

	*p = '\0';
	for (int y = 0; y < width; y++)
		for (int x = 0; x < width; x++)
			if (code->data[y * width + x] & 1)
				p += snprintf(p, cap - (size_t)(p - path), "M%d %dh1v1h-1z",
				    x + QUIET, y + QUIET);
	QRcode_free(code);
	*ret_size = width + 2 * QUIET;
	return path;
}
