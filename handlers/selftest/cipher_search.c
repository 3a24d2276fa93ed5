/*
 * Decryption, found by search: how encData is written × what the key was made of × mode and vector × padding.
 * A first block that may begin an object costs one block; only what passes is decrypted whole and read,
 * and an object that was read is proof.
 */
#include "handlers/selftest/cipher_search.h"

#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/base/bytes.h"
#include "fcgi/crypto/digest.h"
#include "fcgi/crypto/give_up.h"
#include "handlers/selftest/envelope.h"
#include "handlers/selftest/loose.h"

#define BLOCK SM4_BLOCK_SIZE
#define KEYS_MAX 512
#define NAMED_MAX 6
#define HALF_MAX ((size_t)64) /* of an appId or appSecret */
#define NONCE ((size_t)12)    /* of GCM, whose tag is a block */
#define SCRATCH ((size_t)8 << 20)

/* What is wrong, as it is found. */
struct named {
	enum mistake list[NAMED_MAX];
	size_t count;
};
static void
name(struct named *named, enum mistake mistake)
{
	if (mistake != MISTAKE_COUNT && named->count < NAMED_MAX)
		named->list[named->count++] = mistake;
}

/* ---- how it is written ---- */

struct cipher {
	unsigned char *bytes;
	size_t size;
	struct named named;
};

/* Hex, or base64 in either alphabet, with or without its end; a blank was a + in a form. */
static void
read_bytes(struct arena *arena, const char *text, bool hex, struct cipher *ret)
{
	size_t n = strlen(text);
	char *clean = arena_alloc(arena, n + 4);

	ret->bytes = arena_alloc(arena, n + 4);
	memcpy(clean, text, n);
	for (char *c = clean; !hex && *c; c++)
		*c = *c == '-' || *c == ' ' ? '+' : *c == '_' ? '/' : *c;
	while (!hex && n % 4)
		clean[n++] = '=';
	if ((hex ? bytes_unhex : bytes_unbase64)(clean, ret->bytes, n, &ret->size) != ERR_OK)
		ret->size = 0;
}

/* Without line ends, blanks around it, and 0x. */
static const char *
without_blanks(struct arena *arena, const char *text, bool hex)
{
	char *clean = arena_alloc(arena, strlen(text) + 1);
	size_t n = 0;

	text += strspn(text, " \t\r\n");
	if (strncmp(text, "0x", 2) == 0 || strncmp(text, "0X", 2) == 0)
		text += 2;
	for (; *text; text++)
		if (!strchr("\t\r\n", *text) && !(hex && strchr(" :", *text)))
			clean[n++] = *text;
	while (n && clean[n - 1] == ' ')
		n--;
	clean[n] = '\0';
	return clean;
}

static bool
read_written(struct arena *arena, const char *text, struct cipher *ret)
{
	const char *hex = without_blanks(arena, text, true);
	size_t size = strlen(text);

	*ret = (struct cipher){ 0 };
	if (is_hex(hex)) {
		name(&ret->named, strcmp(hex, text) != 0 ? MISTAKE_ENC_BLANKS : MISTAKE_COUNT);
		name(&ret->named,
		    hex[strcspn(hex, "abcdef")] ? MISTAKE_ENC_LOWER_CASE : MISTAKE_COUNT);
		read_bytes(arena, hex, true, ret);
	} else {
		if (strchr(text, '%'))
			text = url_decoded(arena, text, size, false, &size);
		name(&ret->named, MISTAKE_ENC_BASE64);
		read_bytes(arena, without_blanks(arena, text, false), false, ret);
	}
	/* the bytes are the text of hex again, and nobody's ciphertext is that by chance */
	const char *inner = ret->size ? arena_strndup(arena, (char *)ret->bytes, ret->size) : "";
	if (strlen(inner) == ret->size && is_hex(inner)) {
		read_bytes(arena, inner, true, ret);
		ret->named = (struct named){ { MISTAKE_ENC_ENCODED_TWICE }, 1 };
	}
	return ret->size > 0;
}

/* ---- what the key may have been made of: the right one first ---- */

struct key {
	enum mistake mistakes[2]; /* MISTAKE_COUNT: none */
	unsigned char bytes[SM4_KEY_SIZE];
	const char *note;
};
struct keys {
	struct arena *arena;
	struct key list[KEYS_MAX];
	size_t count;
};

static void
add_key(struct keys *keys, enum mistake first, enum mistake second, const void *bytes)
{
	for (size_t i = 0; i < keys->count; i++)
		if (memcmp(keys->list[i].bytes, bytes, SM4_KEY_SIZE) == 0)
			return;
	if (keys->count == KEYS_MAX)
		return;
	struct key *key = &keys->list[keys->count++];

	*key = (struct key){ .mistakes = { first, second } };
	memcpy(key->bytes, bytes, SM4_KEY_SIZE);
}

/* The text as its hex digits stand for; size 0 when they are none. */
static const unsigned char *
unhexed(struct arena *arena, const char *text, size_t *ret_size)
{
	unsigned char *bytes = arena_alloc(arena, HALF_MAX + 1);

	*ret_size = 0;
	if (strlen(text) > HALF_MAX || bytes_unhex(text, bytes, HALF_MAX, ret_size) != ERR_OK)
		*ret_size = 0;
	return bytes;
}

/* One first step, under a key of at least a block or NULL, and what is taken of its ciphertext. */
static void
add_step(struct keys *keys, enum mistake mistake, const void *key, const void *text,
    size_t text_size)
{
	unsigned char *c;
	size_t size;

	if (!key || !text_size ||
	    sm4_encrypt(keys->arena, key, text, text_size, &c, &size) != ERR_OK)
		return;
	const char *upper = bytes_hex_upper(keys->arena, c, size);
	const struct {
		enum mistake mistake;
		const void *bytes;
	} cuts[] = {
		{ MISTAKE_COUNT, upper },
		{ MISTAKE_SM4_KEY_BASE64, bytes_base64(keys->arena, c, size) },
		{ MISTAKE_SM4_KEY_RAW, c },
		{ MISTAKE_SM4_KEY_LOWER_CASE, bytes_hex(keys->arena, c, size) },
		{ MISTAKE_SM4_KEY_PART, upper + size * 2 - SM4_KEY_SIZE },
		{ MISTAKE_SM4_KEY_PART, upper + SM4_KEY_SIZE },
		{ MISTAKE_SM4_KEY_PART, c + size - SM4_KEY_SIZE },
	};
	for (size_t i = 0; i < COUNT(cuts); i++)
		add_key(keys, mistake, cuts[i].mistake, cuts[i].bytes);
}

static void
add_steps(struct keys *keys, const char *app_id, const char *secret)
{
	size_t id_size, secret_size;
	const unsigned char *id_bytes = unhexed(keys->arena, app_id, &id_size);
	const unsigned char *secret_bytes = unhexed(keys->arena, secret, &secret_size);
	const char *low = lower_case(keys->arena, secret);
	const unsigned char *id_key = id_size >= SM4_KEY_SIZE ? id_bytes : NULL;
	const struct {
		const void *key, *text;
		size_t size;
	} rows[] = {
		{ app_id, secret, strlen(secret) },
		{ app_id, secret_bytes, secret_size },
		{ app_id, low, strlen(low) },
		{ app_id + strlen(app_id) - SM4_KEY_SIZE, secret, strlen(secret) },
		{ lower_case(keys->arena, app_id), secret, strlen(secret) },
		{ id_key, secret, strlen(secret) },
		{ id_key, secret_bytes, secret_size },
		{ secret, app_id, strlen(app_id) },
		{ secret, secret, strlen(secret) },
		{ app_id, app_id, strlen(app_id) },
		{ secret_size >= SM4_KEY_SIZE ? secret_bytes : NULL, app_id, strlen(app_id) },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		add_step(keys, i ? MISTAKE_SM4_KEY_STEP : MISTAKE_COUNT, rows[i].key, rows[i].text,
		    rows[i].size);
}

/* One of the two texts is the key itself, or its digest is. */
static void
add_direct(struct keys *keys, enum mistake mistake, const char *text)
{
	unsigned char digest[SM3_SIZE];
	size_t size;
	const unsigned char *bytes = unhexed(keys->arena, text, &size);

	add_key(keys, mistake, MISTAKE_COUNT, text);
	add_key(keys, mistake, MISTAKE_COUNT, text + strlen(text) - SM4_KEY_SIZE);
	add_key(keys, mistake, MISTAKE_COUNT, lower_case(keys->arena, text));
	if (size >= SM4_KEY_SIZE)
		add_key(keys, mistake, MISTAKE_COUNT, bytes);
	for (size_t i = 0; i < 2; i++) {
		(i ? sha256 : sm3)(text, strlen(text), digest);
		add_key(keys, mistake, MISTAKE_COUNT, digest);
		add_key(keys, mistake, MISTAKE_COUNT, bytes_hex(keys->arena, digest, SM3_SIZE));
		add_key(keys, mistake, MISTAKE_COUNT,
		    bytes_hex_upper(keys->arena, digest, SM3_SIZE));
	}
}

/* A line end of the sheet, copied with the secret. */
static void
add_broken(struct keys *keys, const char *app_id, const char *secret)
{
	for (int at = 0; at < SM4_BLOCK_SIZE; at++)
		for (size_t i = 0; i < 3; i++) {
			const char *cut = arena_printf(keys->arena, "%.*s%s%s", at, secret,
			    ((const char *const[]){ "\n", "\r\n", " " })[i], secret + at);
			size_t first = keys->count;

			add_step(keys, MISTAKE_SM4_KEY_STEP, app_id, cut, strlen(cut));
			for (; first < keys->count; first++)
				keys->list[first].note = "复制的数字密钥里夹了换行或空格";
		}
}

/* app_id: of the envelope. */
static void
find_keys(struct keys *all, const struct selftest_keys *keys, const struct selftest_keys *wrong,
    const char *app_id)
{
	unsigned char key[SM4_KEY_SIZE];

	envelope_cipher_key(all->arena, keys->app_id, keys->app_secret, key);
	add_key(all, MISTAKE_COUNT, MISTAKE_COUNT, key);
	if (wrong) {
		envelope_cipher_key(all->arena, wrong->app_id, wrong->app_secret, key);
		add_key(all, MISTAKE_ENVIRONMENT, MISTAKE_COUNT, key);
		envelope_cipher_key(all->arena, keys->app_id, wrong->app_secret, key);
		add_key(all, MISTAKE_ENVIRONMENT, MISTAKE_COUNT, key);
	}
	if (envelope_id_ok(app_id)) { /* of the envelope, which is not ours */
		envelope_cipher_key(all->arena, app_id, keys->app_secret, key);
		add_key(all, MISTAKE_COUNT, MISTAKE_COUNT, key);
	}
	add_steps(all, keys->app_id, keys->app_secret);
	add_direct(all, MISTAKE_SM4_KEY_SECRET, keys->app_secret);
	add_direct(all, MISTAKE_SM4_KEY_APP_ID, keys->app_id);
	add_broken(all, keys->app_id, keys->app_secret);
}

/* ---- modes and paddings under one key ---- */

enum mode { MODE_CBC, MODE_CTR, MODE_OFB, MODE_CFB, MODE_GCM, MODE_COUNT };

static void
add(unsigned char *to, const unsigned char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		to[i] ^= bytes[i];
}

static unsigned char *
encrypt_blocks(struct arena *arena, const unsigned char key[SM4_KEY_SIZE], const void *bytes,
    size_t size)
{
	unsigned char *cipher;
	size_t n;

	if (sm4_encrypt(arena, key, bytes, size, &cipher, &n) != ERR_OK)
		crypto_give_up("SM4 blocks");
	return cipher;
}

/* Each block by itself, padding and all: a block of padding behind them satisfies the cipher. */
static unsigned char *
decrypt_blocks(struct arena *arena, const unsigned char key[SM4_KEY_SIZE],
    const unsigned char *bytes, size_t size)
{
	unsigned char *clear, *all = arena_alloc(arena, size + BLOCK);
	size_t n;

	memcpy(all, bytes, size);
	memcpy(all + size, encrypt_blocks(arena, key, "", 0), BLOCK);
	if (sm4_decrypt(arena, key, all, size + BLOCK, &clear, &n) != ERR_OK || n != size)
		crypto_give_up("SM4 blocks");
	return clear;
}

/* Does an object begin so, or a text that holds one; in UTF-8, UTF-16, with BOM? */
static bool
may_begin(const unsigned char *bytes, size_t size)
{
	static const char blanks[] = " \t\r\n";
	size_t at = size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

	if (size >= 4 && memcmp(bytes, "\x84\x31\x95\x33", 4) == 0)
		at = 4; /* the same in GB18030 */
	if (size >= 4 &&
	    (memcmp(bytes, "\xff\xfe{", 4) == 0 || memcmp(bytes, "{\0\"", 4) == 0 ||
		memcmp(bytes, "\xfe\xff\0{", 4) == 0 || memcmp(bytes, "\0{\0\"", 4) == 0))
		return true;
	while (at < size && bytes[at] && strchr(blanks, bytes[at]))
		at++;
	at += at < size && bytes[at] == '"';
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

struct clear {
	struct loose data;
	struct named named;
};

/* Is it an object? Names what is wrong with how it is written. */
static bool
read_clear(struct arena *arena, const unsigned char *bytes, size_t size, struct clear *ret)
{
	if (!size || !read_loose(arena, (const char *)bytes, size, &ret->data))
		return false;
	ret->named.count = 0;
	name(&ret->named, ret->data.bom ? MISTAKE_DATA_BOM : MISTAKE_COUNT);
	name(&ret->named, ret->data.recoded ? MISTAKE_NOT_UTF8 : MISTAKE_COUNT);
	name(&ret->named, ret->data.wrapped ? MISTAKE_DATA_QUOTED : MISTAKE_COUNT);
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
			name(&ret->named, MISTAKE_SM4_PADDING);
			return true;
		}
	return false;
}

static bool
try_ecb(struct arena *arena, const unsigned char *key, const unsigned char *bytes, size_t size,
    struct clear *ret)
{
	if (!size || size % BLOCK || !may_begin(decrypt_blocks(arena, key, bytes, BLOCK), BLOCK))
		return false;
	return read_padded(arena, decrypt_blocks(arena, key, bytes, size), size, ret);
}

/* What the cipher is added to: of a mode that makes a stream, or of CBC. */
static void
put_stream(struct arena *arena, const unsigned char *key, enum mode mode,
    const unsigned char vector[BLOCK], const unsigned char *bytes, size_t size, unsigned char *ret)
{
	size_t whole = (size + BLOCK - 1) / BLOCK * BLOCK;
	unsigned char *in = arena_alloc(arena, whole + BLOCK);

	memcpy(in, vector, BLOCK);
	for (size_t at = 0; mode == MODE_OFB && at < whole; at += BLOCK)
		memcpy(in + at + BLOCK, encrypt_blocks(arena, key, in + at, BLOCK), BLOCK);
	for (size_t at = BLOCK; (mode == MODE_CTR || mode == MODE_GCM) && at < whole; at += BLOCK) {
		memcpy(in + at, in + at - BLOCK, BLOCK);
		for (size_t i = at + BLOCK; i-- > at && ++in[i] == 0;)
			;
	}
	if (mode == MODE_CBC || mode == MODE_CFB)
		memcpy(in + BLOCK, bytes, size);
	if (mode == MODE_CBC || mode == MODE_OFB)
		memcpy(ret, mode == MODE_CBC ? in : in + BLOCK, size);
	else
		memcpy(ret, encrypt_blocks(arena, key, in, whole), size);
}

static bool
try_mode(struct arena *arena, const unsigned char *key, enum mode mode,
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
	/* of a stream none is asked for */
	if (mode != MODE_CBC && (read_clear(arena, clear, unpadded(clear, body), ret) ||
				    read_clear(arena, clear, body, ret)))
		return true;
	return read_padded(arena, clear, body, ret);
}

/* Usual first vectors, and one that was put in front of the cipher. */
static bool
try_vectors(struct arena *arena, const unsigned char *key, const struct selftest_keys *keys,
    const unsigned char *bytes, size_t size, struct clear *ret)
{
	static const unsigned char zero[BLOCK];
	const void *vectors[] = { zero, key, keys->app_id, keys->app_secret, "0000000000000000",
		"1234567812345678", "1234567890123456", "UISwD9fW6cFh9SNS", bytes };

	for (size_t i = 0; i < COUNT(vectors); i++)
		for (enum mode mode = MODE_CBC; mode < MODE_COUNT; mode++) {
			size_t front = vectors[i] != bytes ? 0 : mode == MODE_GCM ? NONCE : BLOCK;
			unsigned char vector[BLOCK] = { 0 };

			if (size <= front)
				continue;
			memcpy(vector, vectors[i], front ? front : BLOCK);
			if (mode == MODE_GCM)
				memcpy(vector + NONCE, "\0\0\0\2", BLOCK - NONCE);
			if (try_mode(arena, key, mode, vector, bytes + front, size - front, ret))
				return true;
		}
	return false;
}

static bool
open_with(struct arena *arena, const unsigned char *key, const struct selftest_keys *keys,
    const struct cipher *cipher, struct clear *ret)
{
	if (try_ecb(arena, key, cipher->bytes, cipher->size, ret))
		return true;
	if (!try_vectors(arena, key, keys, cipher->bytes, cipher->size, ret))
		return false;
	name(&ret->named, MISTAKE_SM4_MODE);
	return true;
}

/* What the key opens is a ciphertext again, in hex or base64. */
static bool
is_twice(struct arena *arena, const unsigned char *right, const struct selftest_keys *keys,
    const struct cipher *cipher, struct clear *ret)
{
	struct cipher inner;
	unsigned char *clear;
	size_t size;

	if (sm4_decrypt(arena, right, cipher->bytes, cipher->size, &clear, &size) != ERR_OK ||
	    !is_written(arena, clear, size) || !read_written(arena, (char *)clear, &inner) ||
	    !open_with(arena, right, keys, &inner, ret))
		return false;
	name(&ret->named, MISTAKE_ENC_TWICE);
	return true;
}

/* Tries in memory of its own; what is found is done again in the arena. */
static bool
try_keys(struct arena *arena, const struct keys *all, const struct selftest_keys *keys,
    const struct cipher *cipher, struct clear *ret, const struct key **ret_key)
{
	struct arena *scratch = arena_new(SCRATCH);
	bool found = false;

	for (size_t i = 0; i < all->count && !found; i++) {
		if (i % 8 == 0 || cipher->size > 8192)
			arena_reset(scratch);
		*ret_key = &all->list[i];
		found = open_with(scratch, (*ret_key)->bytes, keys, cipher, ret);
	}
	arena_free(scratch);
	if (found)
		return open_with(arena, (*ret_key)->bytes, keys, cipher, ret);
	for (size_t i = 0; i < all->count; i++) {
		*ret_key = &all->list[i];
		if (is_twice(arena, all->list[i].bytes, keys, cipher, ret))
			return true;
	}
	*ret_key = &all->list[0];
	return false;
}

/* ---- when nothing opens it ---- */

static bool
is_cbc(struct arena *arena, const unsigned char *key, const unsigned char *bytes, size_t size)
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
static bool
is_sm2(struct arena *arena, const unsigned char *bytes, size_t size)
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

/* Why, as far as that can be told. */
static enum mistake
failure(struct arena *arena, const unsigned char *right, const struct cipher *cipher, bool own)
{
	unsigned char *clear;
	size_t size;

	if (sm4_decrypt(arena, right, cipher->bytes, cipher->size, &clear, &size) == ERR_OK &&
	    (!size || is_written(arena, clear, size)))
		return MISTAKE_DATA_MALFORMED;
	if (is_cbc(arena, right, cipher->bytes, cipher->size))
		return MISTAKE_SM4_MODE;
	if (cipher->size % SM4_BLOCK_SIZE)
		return MISTAKE_ENC_MALFORMED;
	return own ? MISTAKE_SM4_KEY_OTHER : MISTAKE_COUNT; /* else no wonder, and said */
}

bool
search_cipher(struct arena *arena, const struct selftest_keys *keys,
    const struct selftest_keys *wrong, struct diagnosis *d)
{
	struct keys *all = ARENA_NEW(arena, struct keys);
	const char *app_id = value_text(d->envelope, "appId");
	const struct key *key;
	struct clear clear = { 0 };
	struct cipher cipher;

	d->unexplained = true;
	if (!read_written(arena, value_text(d->envelope, "encData"), &cipher)) {
		diagnosis_add(d, MISTAKE_ENC_MALFORMED);
		return false;
	}
	all->arena = arena;
	find_keys(all, keys, wrong, app_id);
	bool found = try_keys(arena, all, keys, &cipher, &clear, &key);
	if (!found && is_sm2(arena, cipher.bytes, cipher.size)) {
		d->unexplained = false;
		diagnosis_add(d, MISTAKE_ENC_SM2); /* however it is written */
		return false;
	}
	for (size_t i = 0; i < cipher.named.count; i++)
		diagnosis_add(d, cipher.named.list[i]);
	if (!found) {
		diagnosis_add(d,
		    failure(arena, key->bytes, &cipher, strcmp(app_id, keys->app_id) == 0));
		return false;
	}
	d->unexplained = false;
	for (size_t i = 0; i < clear.named.count; i++)
		diagnosis_add(d, clear.named.list[i]);
	diagnosis_add(d, key->mistakes[0]);
	diagnosis_add(d, key->mistakes[1]);
	d->note = key->note;
	d->data = arena_strndup(arena, clear.data.text, clear.data.size);
	d->data_value = clear.data.value;
	return true;
}
