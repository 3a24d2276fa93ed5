#ifndef HANDLERS_SELFTEST_DIAGNOSE_H
#define HANDLERS_SELFTEST_DIAGNOSE_H

#include "handlers/selftest/diagnosis.h"

/*
 * The self-test (联调自测, A-83): takes an envelope that a channel made
 * with its sheet's keys apart, step by step, and names the mistake where it
 * fails, by search (cipher_search.c, sign_search.c). Pure. A right one takes 3 ms; one that
 * nothing explains 100 ms and 6 MiB of the arena.
 */
#define SELFTEST_MAX ((size_t)16 * 1024)
#define SELFTEST_TIME_MAX (48 * 3600) /* seconds an envelope may be old */

/*
 * `wrong`: the keys of the other environment, whose use is then told from
 * other mistakes; NULL when there are none. now: Unix seconds. strict: what some platforms do
 * differently (PAY-7) is a mistake here, not a difference.
 */
void
diagnose(struct arena *arena, const struct selftest_keys *keys, const struct selftest_keys *wrong,
    const char *json, size_t size, int64_t now, bool strict, struct diagnosis *ret);
/* Of one that is too long to be looked at. */
void diagnose_too_large(struct diagnosis *ret);

#endif
