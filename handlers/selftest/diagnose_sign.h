#ifndef HANDLERS_SELFTEST_DIAGNOSE_SIGN_H
#define HANDLERS_SELFTEST_DIAGNOSE_SIGN_H

#include "handlers/selftest/diagnosis.h"

/* d->expected, and how signData was made. */
void diagnose_sign(struct arena *arena, const struct selftest_keys *keys,
    const struct selftest_keys *wrong, struct diagnosis *d);

#endif
