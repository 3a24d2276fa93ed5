#ifndef HANDLERS_SELFTEST_DIAGNOSE_CIPHER_H
#define HANDLERS_SELFTEST_DIAGNOSE_CIPHER_H

#include "handlers/selftest/diagnosis.h"

/* d->envelope -> d->data and d->data_value; false when nothing more can be said. */
bool diagnose_cipher(struct arena *arena, const struct selftest_keys *keys,
    const struct selftest_keys *wrong, struct diagnosis *d);

#endif
