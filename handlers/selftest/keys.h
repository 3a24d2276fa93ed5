#ifndef HANDLERS_SELFTEST_KEYS_H
#define HANDLERS_SELFTEST_KEYS_H

#include "fcgi/http/request.h"
#include "handlers/selftest/diagnosis.h"
#include "sql/key/credential.h"

/* The keys of a credential, unsealed into the arena: forget them with selftest_keys_forget(). */
MUST_CHECK enum err
selftest_keys_of(struct req *q, const struct channel_credential *c, struct selftest_keys *ret);
/*
 * Of the credentials with that 应用ID in the test environment the one that opens the envelope:
 * the newest, or while it is still valid the one it replaced; the newest when neither does.
 * ERR_NOT_FOUND: none is in force. keys are to be forgotten whatever is returned.
 */
MUST_CHECK enum err selftest_keys_for(struct req *q, const char *app_id, const char *envelope,
    size_t size, struct channel_credential *ret, struct selftest_keys *ret_keys);
void selftest_keys_forget(struct selftest_keys *keys);

#endif
