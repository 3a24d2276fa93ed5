#ifndef HANDLERS_KEY_CHANNEL_KEY_GUESS_H
#define HANDLERS_KEY_CHANNEL_KEY_GUESS_H

#include "fcgi/crypto/sm2.h"
#include "handlers/selftest/sign_form.h"

/*
 * Why a signature of a challenge does not verify, as people read it: what is found by trying the
 * usual mistakes, else that the two do not belong together.
 */
const char *channel_key_guess(struct arena *arena, const struct sign_form *forms, size_t count,
    const char *challenge, const unsigned char key[SM2_PUBLIC_SIZE]);

#endif
