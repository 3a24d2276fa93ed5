/* Decryption: how encData is written, and which key it was made with. */
#include <string.h>

#include "handlers/bench/diagnose_part.h"
#include "handlers/bench/envelope.h"

struct cipher {
	unsigned char *bytes;
	size_t size;
};

/* Base64 with or without line ends and in either alphabet, for naming it only. */
static bool
read_base64(struct arena *arena, const char *text, struct cipher *ret)
{
	char *clean = arena_alloc(arena, strlen(text) + 4);
	size_t n = 0;

	for (; *text; text++)
		if (*text != '\r' && *text != '\n')
			clean[n++] = *text == '-' ? '+' : *text == '_' ? '/' : *text;
	while (n % 4)
		clean[n++] = '=';
	ret->bytes = arena_alloc(arena, n + 1);
	return sm_unbase64(clean, ret->bytes, n, &ret->size) == ERR_OK && ret->size > 0;
}

static bool
read_cipher(struct arena *arena, struct diagnosis *d, struct cipher *ret)
{
	const char *text = value_text(d->envelope, "encData");

	ret->bytes = arena_alloc(arena, strlen(text) / 2 + 1);
	bool hex = sm_unhex(text, ret->bytes, strlen(text) / 2, &ret->size) == ERR_OK;
	if (hex ? looks_like_sm2_cipher(arena, ret->bytes, ret->size)
		: read_base64(arena, text, ret) &&
		      looks_like_sm2_cipher(arena, ret->bytes, ret->size)) {
		diagnosis_add(d, MISTAKE_ENC_SM2);
		return false;
	}
	if (hex && ret->size % SM4_BLOCK_SIZE == 0) {
		if (text[strcspn(text, "abcdef")])
			diagnosis_add(d, MISTAKE_ENC_LOWER_CASE);
		return true;
	}
	if (!hex && read_base64(arena, text, ret) && ret->size % SM4_BLOCK_SIZE == 0) {
		diagnosis_add(d, MISTAKE_ENC_BASE64);
		return true;
	}
	diagnosis_add(d, MISTAKE_ENC_MALFORMED);
	return false;
}

/* A wrong key passes the padding once in 256 times: only an object counts. */
static bool
opens(struct arena *arena, struct diagnosis *d, const struct cipher *cipher, const void *key,
    bool *ret_gbk)
{
	struct text utf8 = { .arena = arena };
	unsigned char *clear;
	size_t size;

	if (sm4_decrypt(arena, key, cipher->bytes, cipher->size, &clear, &size) != ERR_OK)
		return false;
	d->data = (const char *)clear;
	*ret_gbk = false;
	if (value_read(arena, d->data, size, &d->data_value) == ERR_OK)
		return d->data_value->kind == VALUE_OBJECT;
	*ret_gbk = true;
	if (!text_from_gbk(&utf8, d->data, size))
		return false;
	d->data = text_of(&utf8);
	return value_read(arena, d->data, utf8.size, &d->data_value) == ERR_OK &&
	       d->data_value->kind == VALUE_OBJECT;
}

struct key_guess {
	enum mistake mistake;
	unsigned char key[SM4_KEY_SIZE];
};

/* The wrong ways to a key, from the intermediate ciphertext on. */
static size_t
guess_keys(struct arena *arena, const struct bench_keys *keys, struct key_guess ret[12])
{
	unsigned char *c;
	size_t size, n = 0, half = 0;

	if (sm4_encrypt(arena, (const unsigned char *)keys->app_id, keys->app_secret,
		strlen(keys->app_secret), &c, &size) != ERR_OK)
		return 0;
	const char *upper = sm_hex_upper(arena, c, size), *base64 = sm_base64(arena, c, size);
	const struct {
		enum mistake mistake;
		const void *bytes;
	} rows[] = {
		{ MISTAKE_SM4_KEY_BASE64, base64 },
		{ MISTAKE_SM4_KEY_RAW, c },
		{ MISTAKE_SM4_KEY_SECRET, keys->app_secret },
		{ MISTAKE_SM4_KEY_SECRET, keys->app_secret + strlen(keys->app_secret) - 16 },
		{ MISTAKE_SM4_KEY_LOWER_CASE, sm_hex(arena, c, size) },
		{ MISTAKE_SM4_KEY_APP_ID, keys->app_id },
		{ MISTAKE_SM4_KEY_OTHER, upper + size * 2 - 16 }, /* the last ones */
		{ MISTAKE_SM4_KEY_OTHER, upper + 16 },
	};
	for (; n < sizeof(rows) / sizeof(rows[0]); n++) {
		ret[n].mistake = rows[n].mistake;
		memcpy(ret[n].key, rows[n].bytes, SM4_KEY_SIZE);
	}
	/* 32 hex digits as the 16 bytes they stand for */
	if (sm_unhex(keys->app_secret, ret[n].key, SM4_KEY_SIZE, &half) == ERR_OK &&
	    half == SM4_KEY_SIZE)
		ret[n++].mistake = MISTAKE_SM4_KEY_SECRET;
	if (sm_unhex(keys->app_id, ret[n].key, SM4_KEY_SIZE, &half) == ERR_OK &&
	    half == SM4_KEY_SIZE)
		ret[n++].mistake = MISTAKE_SM4_KEY_APP_ID;
	return n;
}

static bool
try_keys(struct arena *arena, const struct bench_keys *keys, const struct bench_keys *wrong,
    const struct cipher *cipher, struct diagnosis *d, bool *ret_gbk)
{
	unsigned char key[SM4_KEY_SIZE];
	struct key_guess guesses[12];

	envelope_cipher_key(arena, keys->app_id, keys->app_secret, key);
	if (opens(arena, d, cipher, key, ret_gbk))
		return true;
	if (wrong) {
		envelope_cipher_key(arena, wrong->app_id, wrong->app_secret, key);
		if (opens(arena, d, cipher, key, ret_gbk)) {
			diagnosis_add(d, MISTAKE_ENVIRONMENT);
			return true;
		}
	}
	size_t count = guess_keys(arena, keys, guesses);
	for (size_t i = 0; i < count; i++)
		if (opens(arena, d, cipher, guesses[i].key, ret_gbk)) {
			diagnosis_add(d, guesses[i].mistake);
			return true;
		}
	*ret_gbk = false;
	envelope_cipher_key(arena, keys->app_id, keys->app_secret, key);
	return diagnose_mode(arena, key, keys, cipher->bytes, cipher->size, d);
}

/* Padded well under the right key, and yet no object. */
static bool
is_other_text(struct arena *arena, const struct bench_keys *keys, const struct cipher *cipher)
{
	unsigned char key[SM4_KEY_SIZE], *clear;
	size_t size;

	envelope_cipher_key(arena, keys->app_id, keys->app_secret, key);
	if (sm4_decrypt(arena, key, cipher->bytes, cipher->size, &clear, &size) != ERR_OK || !size)
		return false;
	for (size_t i = 0; i < size; i++)
		if (clear[i] < ' ' && !strchr("\t\r\n", clear[i]))
			return false;
	return true;
}

bool
diagnose_cipher(struct arena *arena, const struct bench_keys *keys, const struct bench_keys *wrong,
    struct diagnosis *d)
{
	struct cipher cipher;
	bool gbk = false;

	if (!read_cipher(arena, d, &cipher))
		return false;
	if (!try_keys(arena, keys, wrong, &cipher, d, &gbk)) {
		d->data = NULL;
		d->data_value = NULL;
		if (d->step == STEP_DECRYPT)
			; /* the mode was named */
		else if (is_other_text(arena, keys, &cipher))
			diagnosis_add(d, MISTAKE_DATA_MALFORMED);
		else if (strcmp(value_text(d->envelope, "appId"), keys->app_id) == 0)
			diagnosis_add(d, MISTAKE_SM4_KEY_OTHER); /* else no wonder, and said */
		return false;
	}
	if (gbk)
		diagnosis_add(d, MISTAKE_NOT_UTF8);
	return true;
}
