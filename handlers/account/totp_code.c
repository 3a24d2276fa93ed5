#include "handlers/account/totp_code.h"

#include <liboath/oath.h>
#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/random.h"
#include "fcgi/crypto/give_up.h"

#define DIGITS 6
#define QUIET 4 /* modules around the code, as ISO 18004 asks */

char *
totp_secret(struct arena *arena)
{
	char raw[TOTP_SECRET_BYTES], *text = NULL;
	size_t size = 0;

	random_bytes(raw, sizeof(raw));
	if (oath_base32_encode(raw, sizeof(raw), &text, &size) != OATH_OK)
		crypto_give_up("base32");
	char *secret = arena_strndup(arena, text, size);
	explicit_bzero(raw, sizeof(raw));
	explicit_bzero(text, size);
	free(text);
	return secret;
}

int32_t
totp_code(const char *secret, int64_t step)
{
	char code[DIGITS + 1], *key = NULL;
	size_t size = 0;

	if (!*secret || oath_base32_decode(secret, strlen(secret), &key, &size) != OATH_OK)
		return -1;
	int e = oath_hotp_generate(key, size, (uint64_t)step, DIGITS, false,
	    OATH_HOTP_DYNAMIC_TRUNCATION, code);
	explicit_bzero(key, size);
	free(key);
	if (e != OATH_OK)
		crypto_give_up("HOTP");
	return (int32_t)strtol(code, NULL, 10);
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

char *
totp_uri(struct arena *arena, const char *issuer, const char *account, const char *secret)
{
	return arena_printf(arena,
	    "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=6&period=30",
	    bytes_percent(arena, issuer), bytes_percent(arena, account), secret,
	    bytes_percent(arena, issuer));
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
