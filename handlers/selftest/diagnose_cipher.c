/* Decryption: how encData is written, and which key, mode and padding it was made with. */
#include "handlers/selftest/diagnose_cipher.h"

#include <string.h>

#include "fcgi/base/bytes.h"
#include "handlers/selftest/cipher_mode.h"

#define WRITTEN_MAX 3
#define SCRATCH ((size_t)8 << 20) /* bytes for what is tried */

/* encData as bytes, and what is wrong with how it is written. */
struct cipher {
	unsigned char *bytes;
	size_t size;
	enum mistake mistakes[WRITTEN_MAX];
	size_t count;
};

static void
note(struct cipher *cipher, enum mistake mistake)
{
	if (cipher->count < WRITTEN_MAX)
		cipher->mistakes[cipher->count++] = mistake;
}

static bool
is_hex(const char *text)
{
	return *text && !text[strspn(text, "0123456789abcdefABCDEF")];
}

static void
read_hex(struct arena *arena, const char *text, struct cipher *ret)
{
	size_t half = strlen(text) / 2;

	ret->bytes = arena_alloc(arena, half + 1);
	if (bytes_unhex(text, ret->bytes, half, &ret->size) != ERR_OK)
		ret->size = 0;
}

/* In either alphabet, with or without its end; a blank was a + before it went through a form. */
static void
read_base64(struct arena *arena, const char *text, struct cipher *ret)
{
	char *clean = arena_alloc(arena, strlen(text) + 4);
	size_t n = 0;

	for (; *text; text++)
		clean[n++] = *text == '-' || *text == ' ' ? '+' : *text == '_' ? '/' : *text;
	while (n % 4)
		clean[n++] = '=';
	ret->bytes = arena_alloc(arena, n + 1);
	if (bytes_unbase64(clean, ret->bytes, n, &ret->size) != ERR_OK)
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
		if (strcmp(hex, text) != 0)
			note(ret, MISTAKE_ENC_BLANKS);
		if (hex[strcspn(hex, "abcdef")])
			note(ret, MISTAKE_ENC_LOWER_CASE);
		read_hex(arena, hex, ret);
	} else {
		if (strchr(text, '%'))
			text = url_decoded(arena, text, size, false, &size);
		note(ret, MISTAKE_ENC_BASE64);
		read_base64(arena, without_blanks(arena, text, false), ret);
	}
	/* the bytes are the text of hex again, and nobody's ciphertext is that by chance */
	const char *inner = ret->size ? arena_strndup(arena, (char *)ret->bytes, ret->size) : "";
	if (strlen(inner) == ret->size && is_hex(inner)) {
		read_hex(arena, inner, ret);
		ret->count = 0;
		note(ret, MISTAKE_ENC_ENCODED_TWICE);
	}
	return ret->size > 0;
}

/* What the right key opens is a ciphertext again, in hex or base64. */
static bool
is_twice(struct arena *arena, const struct key_guess *right, const struct selftest_keys *keys,
    const struct cipher *cipher, struct clear *ret)
{
	struct cipher inner;
	unsigned char *clear;
	size_t size;

	if (sm4_decrypt(arena, right->key, cipher->bytes, cipher->size, &clear, &size) != ERR_OK ||
	    !is_written(arena, clear, size) || !read_written(arena, (char *)clear, &inner) ||
	    !open_with_key(arena, right, keys, inner.bytes, inner.size, ret))
		return false;
	ret->mistakes[ret->count++] = MISTAKE_ENC_TWICE;
	return true;
}

/* Tries in memory of its own; what is found is done again in the arena. */
static bool
try_keys(struct arena *arena, const struct key_guess *guesses, size_t count,
    const struct selftest_keys *keys, const struct cipher *cipher, struct clear *ret,
    const struct key_guess **ret_guess)
{
	struct arena *scratch = arena_new(SCRATCH);
	bool found = false;

	for (size_t i = 0; i < count && !found; i++) {
		arena_reset(scratch);
		found = open_with_key(scratch, &guesses[i], keys, cipher->bytes, cipher->size, ret);
		*ret_guess = &guesses[i];
	}
	arena_free(scratch);
	if (found)
		return open_with_key(arena, *ret_guess, keys, cipher->bytes, cipher->size, ret);
	*ret_guess = &guesses[0];
	return is_twice(arena, &guesses[0], keys, cipher, ret);
}

/* Why nothing opened it, as far as that can be told. */
static void
name_failure(struct arena *arena, const struct key_guess *right, const struct selftest_keys *keys,
    const struct cipher *cipher, struct diagnosis *d)
{
	unsigned char *clear;
	size_t size;

	d->unexplained = true;
	if (sm4_decrypt(arena, right->key, cipher->bytes, cipher->size, &clear, &size) == ERR_OK &&
	    (!size || is_written(arena, clear, size)))
		diagnosis_add(d, MISTAKE_DATA_MALFORMED);
	else if (is_cbc(arena, right->key, cipher->bytes, cipher->size))
		diagnosis_add(d, MISTAKE_SM4_MODE);
	else if (cipher->size % SM4_BLOCK_SIZE)
		diagnosis_add(d, MISTAKE_ENC_MALFORMED);
	else if (strcmp(value_text(d->envelope, "appId"), keys->app_id) == 0)
		diagnosis_add(d, MISTAKE_SM4_KEY_OTHER); /* else no wonder, and said */
}

bool
diagnose_cipher(struct arena *arena, const struct selftest_keys *keys,
    const struct selftest_keys *wrong, struct diagnosis *d)
{
	struct key_guess *guesses = arena_alloc(arena, KEY_GUESSES_MAX * sizeof(*guesses));
	const struct key_guess *guess;
	struct clear clear = { 0 };
	struct cipher cipher;

	if (!read_written(arena, value_text(d->envelope, "encData"), &cipher)) {
		diagnosis_add(d, MISTAKE_ENC_MALFORMED);
		d->unexplained = true;
		return false;
	}
	size_t count =
	    guess_cipher_keys(arena, keys, wrong, value_text(d->envelope, "appId"), guesses);
	bool found = try_keys(arena, guesses, count, keys, &cipher, &clear, &guess);
	if (!found && looks_like_sm2_cipher(arena, cipher.bytes, cipher.size)) {
		diagnosis_add(d, MISTAKE_ENC_SM2); /* however it is written */
		return false;
	}
	for (size_t i = 0; i < cipher.count; i++)
		diagnosis_add(d, cipher.mistakes[i]);
	if (!found) {
		name_failure(arena, guess, keys, &cipher, d);
		return false;
	}
	for (size_t i = 0; i < clear.count; i++)
		diagnosis_add(d, clear.mistakes[i]);
	for (size_t i = 0; i < 2; i++)
		if (guess->mistakes[i] != MISTAKE_COUNT)
			diagnosis_add(d, guess->mistakes[i]);
	d->data = arena_strndup(arena, clear.data.text, clear.data.size);
	d->data_value = clear.data.value;
	return true;
}
