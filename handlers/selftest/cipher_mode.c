/* encData under one key: ECB with PKCS#7 as it should be, or another mode or padding. */
#include "handlers/selftest/cipher_mode.h"

#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/crypto/give_up.h"
#include "fcgi/crypto/sm2.h"

#define BLOCK SM4_BLOCK_SIZE
#define VECTORS 9
#define NONCE ((size_t)12) /* of GCM, whose tag is a block */

enum mode { MODE_CBC, MODE_CTR, MODE_OFB, MODE_CFB, MODE_GCM, MODE_COUNT };

static void
add(unsigned char *to, const unsigned char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		to[i] ^= bytes[i];
}

/* Each block by itself, padding and all: a block of padding behind them satisfies the cipher. */
static unsigned char *
decrypt_blocks(struct arena *arena, const unsigned char key[SM4_KEY_SIZE],
    const unsigned char *bytes, size_t size)
{
	unsigned char *pad, *clear, *all = arena_alloc(arena, size + BLOCK);
	size_t n;

	if (sm4_encrypt(arena, key, "", 0, &pad, &n) != ERR_OK || n != BLOCK)
		crypto_give_up("SM4 padding");
	memcpy(all, bytes, size);
	memcpy(all + size, pad, BLOCK);
	if (sm4_decrypt(arena, key, all, size + BLOCK, &clear, &n) != ERR_OK || n != size)
		crypto_give_up("SM4 blocks");
	return clear;
}

static const unsigned char *
encrypt_blocks(struct arena *arena, const unsigned char key[SM4_KEY_SIZE],
    const unsigned char *bytes, size_t size)
{
	unsigned char *cipher;
	size_t n;

	if (sm4_encrypt(arena, key, bytes, size, &cipher, &n) != ERR_OK)
		crypto_give_up("SM4 blocks");
	return cipher;
}

/* Does an object begin so, or a text that holds one; in UTF-8, UTF-16, with BOM? */
static bool
may_begin(const unsigned char *bytes, size_t size)
{
	static const char blanks[] = " \t\r\n";
	size_t at = size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

	if (size >= 4 &&
	    (memcmp(bytes, "\xff\xfe{", 4) == 0 || memcmp(bytes, "{\0\"", 4) == 0 ||
		memcmp(bytes, "\xfe\xff\0{", 4) == 0 || memcmp(bytes, "\0{\0\"", 4) == 0))
		return true;
	while (at < size && bytes[at] && strchr(blanks, bytes[at]))
		at++;
	if (at < size && bytes[at] == '"')
		at++;
	if (at >= size || bytes[at++] != '{')
		return false;
	while (at < size && bytes[at] && strchr(blanks, bytes[at]))
		at++;
	return at >= size || (bytes[at] && strchr("\"}\\", bytes[at]));
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

/* Is it an object? Notes what is wrong with how it is written. */
static bool
read_clear(struct arena *arena, const unsigned char *bytes, size_t size, struct clear *ret)
{
	if (!size || !read_loose(arena, (const char *)bytes, size, &ret->data))
		return false;
	if (ret->data.bom)
		ret->mistakes[ret->count++] = MISTAKE_DATA_BOM;
	if (ret->data.recoded)
		ret->mistakes[ret->count++] = MISTAKE_NOT_UTF8;
	if (ret->data.wrapped)
		ret->mistakes[ret->count++] = MISTAKE_DATA_QUOTED;
	return true;
}

/* Not PKCS#7: zeros, 80 and zeros (ISO 7816), a count behind anything (X9.23, ISO 10126), none. */
static bool
read_padded(struct arena *arena, const unsigned char *bytes, size_t size, struct clear *ret)
{
	size_t zeros = size, text = unpadded(bytes, size);

	if (text < size && read_clear(arena, bytes, text, ret))
		return true;
	while (zeros && !bytes[zeros - 1])
		zeros--;
	size_t iso = zeros && bytes[zeros - 1] == 0x80 ? zeros - 1 : zeros;
	size_t counted = size && bytes[size - 1] <= BLOCK ? size - bytes[size - 1] : size;
	const size_t ends[] = { zeros, iso, counted };

	for (size_t i = 0; i < 3; i++)
		if ((i == 0 || ends[i] != zeros) && read_clear(arena, bytes, ends[i], ret)) {
			ret->mistakes[ret->count++] = MISTAKE_SM4_PADDING;
			return true;
		}
	return false;
}

static bool
try_ecb(struct arena *arena, const unsigned char key[SM4_KEY_SIZE], const unsigned char *bytes,
    size_t size, struct clear *ret)
{
	if (!size || size % BLOCK || !may_begin(decrypt_blocks(arena, key, bytes, BLOCK), BLOCK))
		return false;
	return read_padded(arena, decrypt_blocks(arena, key, bytes, size), size, ret);
}

/* What the cipher is added to: of a mode that makes a stream, or of CBC. */
static void
put_stream(struct arena *arena, const unsigned char key[SM4_KEY_SIZE], enum mode mode,
    const unsigned char vector[BLOCK], const unsigned char *bytes, size_t size, unsigned char *ret)
{
	size_t whole = (size + BLOCK - 1) / BLOCK * BLOCK;
	unsigned char *in = arena_alloc(arena, whole + BLOCK);

	memcpy(in, vector, BLOCK);
	if (mode == MODE_CBC || mode == MODE_CFB) {
		memcpy(in + BLOCK, bytes, size);
	} else if (mode == MODE_OFB) {
		for (size_t at = 0; at < whole; at += BLOCK)
			memcpy(in + at + BLOCK, encrypt_blocks(arena, key, in + at, BLOCK), BLOCK);
		memcpy(ret, in + BLOCK, size);
		return;
	} else {
		for (size_t at = BLOCK; at < whole; at += BLOCK) {
			memcpy(in + at, in + at - BLOCK, BLOCK);
			for (size_t i = at + BLOCK; i-- > at && ++in[i] == 0;)
				;
		}
	}
	memcpy(ret, mode == MODE_CBC ? in : encrypt_blocks(arena, key, in, whole), size);
}

static bool
try_mode(struct arena *arena, const unsigned char key[SM4_KEY_SIZE], enum mode mode,
    const unsigned char vector[BLOCK], const unsigned char *bytes, size_t size, struct clear *ret)
{
	unsigned char first[BLOCK];
	size_t body = mode == MODE_GCM ? size - BLOCK : size;

	if (size < 2 || (mode == MODE_CBC && size % BLOCK) || (mode == MODE_GCM && size <= BLOCK))
		return false;
	size_t begin = body < BLOCK ? body : BLOCK;
	put_stream(arena, key, mode, vector, bytes, begin, first);
	add(first, mode == MODE_CBC ? decrypt_blocks(arena, key, bytes, BLOCK) : bytes, begin);
	if (!may_begin(first, begin))
		return false;
	unsigned char *clear = arena_alloc(arena, body + 1);
	put_stream(arena, key, mode, vector, bytes, body, clear);
	add(clear, mode == MODE_CBC ? decrypt_blocks(arena, key, bytes, body) : bytes, body);
	return mode == MODE_CBC ? read_padded(arena, clear, body, ret)
				: read_clear(arena, clear, unpadded(clear, body), ret) ||
				      read_clear(arena, clear, body, ret);
}

/* Usual first vectors, and one that was put in front of the cipher. */
static bool
try_vectors(struct arena *arena, const struct key_guess *guess, const struct selftest_keys *keys,
    const unsigned char *bytes, size_t size, struct clear *ret)
{
	static const unsigned char zero[BLOCK];
	const void *vectors[VECTORS] = { zero, guess->key, keys->app_id, keys->app_secret,
		"0000000000000000", "1234567812345678", "1234567890123456", "UISwD9fW6cFh9SNS",
		bytes };

	for (size_t i = 0; i < VECTORS; i++)
		for (enum mode mode = MODE_CBC; mode < MODE_COUNT; mode++) {
			size_t front = i < VECTORS - 1 ? 0 : mode == MODE_GCM ? NONCE : BLOCK;
			unsigned char vector[BLOCK] = { 0 };

			if (size <= front)
				continue;
			memcpy(vector, vectors[i], front ? front : BLOCK);
			if (mode == MODE_GCM)
				memcpy(vector + NONCE, "\0\0\0\2", BLOCK - NONCE);
			if (try_mode(arena, guess->key, mode, vector, bytes + front, size - front,
				ret))
				return true;
		}
	return false;
}

bool
open_with_key(struct arena *arena, const struct key_guess *guess, const struct selftest_keys *keys,
    const unsigned char *bytes, size_t size, struct clear *ret)
{
	ret->count = 0;
	if (try_ecb(arena, guess->key, bytes, size, ret))
		return true;
	ret->count = 0;
	if (!try_vectors(arena, guess, keys, bytes, size, ret))
		return false;
	ret->mistakes[ret->count++] = MISTAKE_SM4_MODE;
	return true;
}

bool
is_cbc(struct arena *arena, const unsigned char key[SM4_KEY_SIZE], const unsigned char *bytes,
    size_t size)
{
	if (size < 2 * BLOCK || size % BLOCK)
		return false;
	unsigned char *clear = decrypt_blocks(arena, key, bytes, size);
	add(clear + BLOCK, bytes, size - BLOCK);
	size_t text = unpadded(clear, size);
	/* its end alone is no evidence: some bytes of text before it */
	return text >= BLOCK + 8 && clear[text - 1] == '}' &&
	       is_written(arena, clear + BLOCK, text - BLOCK);
}

/* One INTEGER of DER as 32 bytes; NULL when it is none, else what is behind it. */
static const unsigned char *
take_integer(const unsigned char *at, const unsigned char *end, unsigned char ret[32])
{
	size_t left = (size_t)(end - at), n = left > 2 && at[0] == 2 ? at[1] : 0;

	if (n < 1 || n > 33 || left < 2 + n || (n == 33 && at[2]))
		return NULL;
	size_t sign = n == 33;
	memset(ret, 0, 32);
	memcpy(ret + 32 - (n - sign), at + 2 + sign, n - sign);
	return at + 2 + n;
}

/* A point that is on the curve, which no accident makes; raw, or in a SEQUENCE. */
bool
looks_like_sm2_cipher(struct arena *arena, const unsigned char *bytes, size_t size)
{
	unsigned char point[SM2_PUBLIC_SIZE], key[SM2_PUBLIC_SIZE] = { 4 };
	const unsigned char *at = bytes, *end = bytes + size;

	if (size < SM2_PUBLIC_SIZE + SM3_SIZE)
		return false;
	if (bytes[0] == 0x30) {
		at += 2 + (bytes[1] > 0x80 ? bytes[1] & 3 : 0);
		at = take_integer(at, end, key + 1);
		at = at ? take_integer(at, end, key + 33) : NULL;
		if (at && sm2_read_public(bytes_base64(arena, key, sizeof(key)), point) == ERR_OK)
			return true;
	}
	for (size_t skip = 0; skip < 2; skip++) { /* a 04 may be the form or the first byte of x */
		memcpy(key + 1, bytes + skip, SM2_PUBLIC_SIZE - 1);
		if ((!skip || bytes[0] == 4) &&
		    sm2_read_public(bytes_base64(arena, key, sizeof(key)), point) == ERR_OK)
			return true;
	}
	return false;
}
