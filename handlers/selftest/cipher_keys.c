/* The ways to derive an SM4 key from 应用ID and 数字密钥: the right one first, then the wrong ones. */
#include "handlers/selftest/cipher_keys.h"

#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/base/bytes.h"
#include "handlers/selftest/envelope.h"

#define HALF_MAX ((size_t)64) /* of an appId or appSecret */

struct keys {
	struct key_guess *list;
	size_t count;
};

static void
add(struct keys *keys, enum mistake first, enum mistake second, const void *key)
{
	if (keys->count == KEY_GUESSES_MAX)
		return;
	for (size_t i = 0; i < keys->count; i++)
		if (memcmp(keys->list[i].key, key, SM4_KEY_SIZE) == 0)
			return;
	struct key_guess *guess = &keys->list[keys->count++];

	guess->mistakes[0] = first;
	guess->mistakes[1] = second;
	memcpy(guess->key, key, SM4_KEY_SIZE);
}

/* What people take of the intermediate ciphertext. */
static void
add_derived(struct arena *arena, struct keys *keys, enum mistake first, const unsigned char *c,
    size_t size)
{
	const char *upper = bytes_hex_upper(arena, c, size);
	const struct {
		enum mistake mistake;
		const void *bytes;
	} rows[] = {
		{ MISTAKE_COUNT, upper },
		{ MISTAKE_SM4_KEY_BASE64, bytes_base64(arena, c, size) },
		{ MISTAKE_SM4_KEY_RAW, c },
		{ MISTAKE_SM4_KEY_LOWER_CASE, bytes_hex(arena, c, size) },
		{ MISTAKE_SM4_KEY_PART, upper + size * 2 - SM4_KEY_SIZE },
		{ MISTAKE_SM4_KEY_PART, upper + SM4_KEY_SIZE },
		{ MISTAKE_SM4_KEY_PART, c + size - SM4_KEY_SIZE },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		add(keys, first, rows[i].mistake, rows[i].bytes);
}

static const char *
lower_case(struct arena *arena, const char *text)
{
	char *lower = arena_strndup(arena, text, strlen(text));

	for (char *c = lower; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return lower;
}

/* The text as its hex digits stand for; "" when they are none. */
static const unsigned char *
unhexed(struct arena *arena, const char *text, size_t *ret_size)
{
	unsigned char *bytes = arena_alloc(arena, HALF_MAX + 1);

	*ret_size = 0;
	if (strlen(text) > HALF_MAX || bytes_unhex(text, bytes, HALF_MAX, ret_size) != ERR_OK)
		*ret_size = 0;
	return bytes;
}

/* The first step of the derivation: what is encrypted under what. */
static void
add_steps(struct arena *arena, struct keys *keys, const char *app_id, const char *secret)
{
	size_t id_size, secret_size;
	const unsigned char *id_bytes = unhexed(arena, app_id, &id_size);
	const unsigned char *secret_bytes = unhexed(arena, secret, &secret_size);
	const char *low = lower_case(arena, secret);
	const struct {
		const void *key;
		const void *text;
		size_t size;
	} rows[] = {
		{ app_id, secret, strlen(secret) },
		{ app_id, secret_bytes, secret_size },
		{ app_id, low, strlen(low) },
		{ app_id + strlen(app_id) - SM4_KEY_SIZE, secret, strlen(secret) },
		{ lower_case(arena, app_id), secret, strlen(secret) },
		{ id_size >= SM4_KEY_SIZE ? id_bytes : NULL, secret, strlen(secret) },
		{ id_size >= SM4_KEY_SIZE ? id_bytes : NULL, secret_bytes, secret_size },
		{ secret, app_id, strlen(app_id) },
		{ secret, secret, strlen(secret) },
		{ app_id, app_id, strlen(app_id) },
		{ secret_size >= SM4_KEY_SIZE ? secret_bytes : NULL, app_id, strlen(app_id) },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		unsigned char *c;
		size_t size;

		if (!rows[i].key || !rows[i].size ||
		    sm4_encrypt(arena, rows[i].key, rows[i].text, rows[i].size, &c, &size) !=
			ERR_OK)
			continue;
		add_derived(arena, keys, i ? MISTAKE_SM4_KEY_STEP : MISTAKE_COUNT, c, size);
	}
}

/* One of the two texts is the key itself. */
static void
add_direct(struct arena *arena, struct keys *keys, enum mistake mistake, const char *text)
{
	unsigned char digest[SM3_SIZE];
	size_t size;
	const unsigned char *bytes = unhexed(arena, text, &size);

	add(keys, mistake, MISTAKE_COUNT, text);
	add(keys, mistake, MISTAKE_COUNT, text + strlen(text) - SM4_KEY_SIZE);
	add(keys, mistake, MISTAKE_COUNT, lower_case(arena, text));
	if (size >= SM4_KEY_SIZE)
		add(keys, mistake, MISTAKE_COUNT, bytes);
	sm3(text, strlen(text), digest);
	add(keys, mistake, MISTAKE_COUNT, digest);
}

size_t
guess_cipher_keys(struct arena *arena, const struct selftest_keys *keys,
    const struct selftest_keys *wrong, const char *app_id, struct key_guess ret[KEY_GUESSES_MAX])
{
	struct keys all = { ret, 0 };
	unsigned char key[SM4_KEY_SIZE];

	envelope_cipher_key(arena, keys->app_id, keys->app_secret, key);
	add(&all, MISTAKE_COUNT, MISTAKE_COUNT, key);
	if (wrong) {
		envelope_cipher_key(arena, wrong->app_id, wrong->app_secret, key);
		add(&all, MISTAKE_ENVIRONMENT, MISTAKE_COUNT, key);
		envelope_cipher_key(arena, keys->app_id, wrong->app_secret, key);
		add(&all, MISTAKE_ENVIRONMENT, MISTAKE_COUNT, key);
	}
	if (envelope_id_ok(app_id)) { /* of the envelope, which is not ours */
		envelope_cipher_key(arena, app_id, keys->app_secret, key);
		add(&all, MISTAKE_COUNT, MISTAKE_COUNT, key);
	}
	add_steps(arena, &all, keys->app_id, keys->app_secret);
	add_direct(arena, &all, MISTAKE_SM4_KEY_SECRET, keys->app_secret);
	add_direct(arena, &all, MISTAKE_SM4_KEY_APP_ID, keys->app_id);
	return all.count;
}
