#ifndef HANDLERS_SELFTEST_CIPHER_KEYS_H
#define HANDLERS_SELFTEST_CIPHER_KEYS_H

#include "fcgi/crypto/sm.h"
#include "handlers/selftest/diagnosis.h"

/* What the SM4 key may have been made of. */
#define KEY_GUESSES_MAX 128

struct key_guess {
	enum mistake mistakes[2]; /* MISTAKE_COUNT: none */
	unsigned char key[SM4_KEY_SIZE];
};
/* The right one first. app_id: of the envelope. */
size_t guess_cipher_keys(struct arena *arena, const struct selftest_keys *keys,
    const struct selftest_keys *wrong, const char *app_id, struct key_guess ret[KEY_GUESSES_MAX]);

#endif
