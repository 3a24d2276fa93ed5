#ifndef HANDLERS_SELFTEST_DIAGNOSE_HINT_H
#define HANDLERS_SELFTEST_DIAGNOSE_HINT_H

#include "handlers/selftest/diagnosis.h"

/* d->checked and d->next, unless all could be told. */
void diagnose_hint(struct arena *arena, const struct selftest_keys *keys, struct diagnosis *d);

#endif
