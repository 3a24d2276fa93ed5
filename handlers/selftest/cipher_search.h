#ifndef HANDLERS_SELFTEST_CIPHER_SEARCH_H
#define HANDLERS_SELFTEST_CIPHER_SEARCH_H

#include "handlers/selftest/diagnosis.h"

/*
 * d->data and d->data_value, and what is wrong with how encData was made: how it is written, the key, the
 * mode and the padding are tried until an object comes out. false: none does.
 */
bool search_cipher(struct arena *arena, const struct selftest_keys *keys,
    const struct selftest_keys *wrong, struct diagnosis *d);

#endif
