/* encData that the right key opens, but not as ECB with PKCS#7: CBC, or other padding. */
#include <string.h>

#include "handlers/bench/diagnose_part.h"

#define BLOCK SM4_BLOCK_SIZE

/* Each block by itself, padding and all: a block of padding behind them satisfies the cipher. */
static bool
decrypt_blocks(struct arena *arena, const unsigned char key[SM4_KEY_SIZE],
    const unsigned char *bytes, size_t size, unsigned char **ret)
{
	unsigned char *pad, *all = arena_alloc(arena, size + BLOCK);
	size_t n;

	if (sm4_encrypt(arena, key, "", 0, &pad, &n) != ERR_OK || n != BLOCK)
		return false;
	memcpy(all, bytes, size);
	memcpy(all + size, pad, BLOCK);
	return sm4_decrypt(arena, key, all, size + BLOCK, ret, &n) == ERR_OK && n == size;
}

/* Where PKCS#7 padding begins; `size` when it is none. */
static size_t
unpadded(const unsigned char *bytes, size_t size)
{
	unsigned char count = size ? bytes[size - 1] : 0;

	if (!count || count > BLOCK || count > size)
		return size;
	for (size_t i = size - count; i < size; i++)
		if (bytes[i] != count)
			return size;
	return size - count;
}

static bool
is_object(struct arena *arena, const unsigned char *bytes, size_t size, struct diagnosis *d)
{
	d->data = arena_strndup(arena, (const char *)bytes, size);
	if (value_read(arena, d->data, strlen(d->data), &d->data_value) == ERR_OK &&
	    d->data_value->kind == VALUE_OBJECT)
		return true;
	d->data = NULL;
	d->data_value = NULL;
	return false;
}

static void
add(unsigned char *to, const unsigned char *bytes)
{
	for (size_t i = 0; i < BLOCK; i++)
		to[i] ^= bytes[i];
}

/* Usual first vectors; with none of them the first block stays unknown. */
static bool
try_vectors(struct arena *arena, const unsigned char key[SM4_KEY_SIZE],
    const struct bench_keys *keys, unsigned char *clear, size_t size, struct diagnosis *d)
{
	static const unsigned char zero[BLOCK];
	const void *vectors[] = { zero, key, keys->app_id, keys->app_secret, "0000000000000000",
		"1234567812345678", "1234567890123456", "UISwD9fW6cFh9SNS" };

	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		add(clear, vectors[i]);
		if (is_object(arena, clear, size, d))
			return true;
		add(clear, vectors[i]);
	}
	return false;
}

/* Text from the second block on: it was CBC, whatever the first vector. */
static bool
is_text(const unsigned char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (bytes[i] < ' ' && !strchr("\t\r\n", bytes[i]))
			return false;
	return size > 0;
}

static bool
try_cbc(struct arena *arena, const unsigned char key[SM4_KEY_SIZE], const struct bench_keys *keys,
    const unsigned char *bytes, unsigned char *clear, size_t size, struct diagnosis *d)
{
	for (size_t at = BLOCK; at < size; at += BLOCK)
		add(clear + at, bytes + at - BLOCK);
	size_t text = unpadded(clear, size);
	bool object = try_vectors(arena, key, keys, clear, text, d);
	if (object || (text < size && text > BLOCK && is_text(clear + BLOCK, text - BLOCK)))
		diagnosis_add(d, MISTAKE_SM4_MODE);
	return object;
}

bool
diagnose_mode(struct arena *arena, const unsigned char key[SM4_KEY_SIZE],
    const struct bench_keys *keys, const unsigned char *bytes, size_t size, struct diagnosis *d)
{
	unsigned char *clear;
	size_t text = size;

	if (!decrypt_blocks(arena, key, bytes, size, &clear))
		return false;
	while (text && !clear[text - 1])
		text--;
	if (is_object(arena, clear, text, d)) {
		diagnosis_add(d, MISTAKE_SM4_PADDING);
		return true;
	}
	return try_cbc(arena, key, keys, bytes, clear, size, d);
}

bool
looks_like_sm2_cipher(struct arena *arena, const unsigned char *bytes, size_t size)
{
	unsigned char point[SM2_PUBLIC_SIZE], key[SM2_PUBLIC_SIZE] = { 4 };
	bool whole = size > 0 && bytes[0] == 4;

	if (size < SM2_PUBLIC_SIZE + SM3_SIZE)
		return false;
	memcpy(key + 1, bytes + whole, SM2_PUBLIC_SIZE - 1);
	return sm2_read_public(sm_base64(arena, key, sizeof(key)), point) == ERR_OK;
}
