#ifndef HANDLERS_SELFTEST_SIGN_SEARCH_H
#define HANDLERS_SELFTEST_SIGN_SEARCH_H

#include "handlers/selftest/diagnosis.h"
#include "handlers/selftest/sign_form.h"

/*
 * Finds what was signed, by whom: names in d what was done differently, with d->inferred. forms: the
 * ways to read signData, at least one. false: not found within the bound of work.
 */
bool search_sign_string(struct arena *arena, const struct selftest_keys *keys,
    const struct selftest_keys *wrong, const struct sign_form *forms, size_t nforms,
    struct diagnosis *d);

#endif
