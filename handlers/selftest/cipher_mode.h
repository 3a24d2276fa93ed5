#ifndef HANDLERS_SELFTEST_CIPHER_MODE_H
#define HANDLERS_SELFTEST_CIPHER_MODE_H

#include "fcgi/crypto/sm.h"
#include "handlers/selftest/cipher_keys.h"
#include "handlers/selftest/loose.h"

/* encData decrypted. */
struct clear {
	struct loose data;
	enum mistake mistakes[8];
	size_t count;
};
/* In any mode and padding. */
bool open_with_key(struct arena *arena, const struct key_guess *guess,
    const struct selftest_keys *keys, const unsigned char *bytes, size_t size, struct clear *ret);
/* Text from the second block on: it was CBC, whatever the first vector. */
bool is_cbc(struct arena *arena, const unsigned char key[SM4_KEY_SIZE], const unsigned char *bytes,
    size_t size);
/* A point, a digest and more: what SM2 encryption gives. */
bool looks_like_sm2_cipher(struct arena *arena, const unsigned char *bytes, size_t size);

#endif
