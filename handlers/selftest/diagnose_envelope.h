#ifndef HANDLERS_SELFTEST_DIAGNOSE_ENVELOPE_H
#define HANDLERS_SELFTEST_DIAGNOSE_ENVELOPE_H

#include "handlers/selftest/diagnosis.h"

/* d->envelope, of d->sent. false: no JSON object. */
bool read_envelope(struct arena *arena, const char *json, size_t size, struct diagnosis *d);
/* false: not enough is there to go on. */
bool check_fields(struct arena *arena, const struct selftest_keys *keys, struct diagnosis *d);

#endif
