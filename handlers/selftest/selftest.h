#ifndef HANDLERS_SELFTEST_SELFTEST_H
#define HANDLERS_SELFTEST_SELFTEST_H

#include "fcgi/http/request.h"
#include "handlers/selftest/diagnose.h"
#include "sql/application/application.h"
#include "sql/key/credential.h"

/* 联调自测 on the public site. */

/*
 * POST /applications/{key}/bench - takes an envelope apart with the keys of the
 * application's test sheet; the formal ones, where there are any, are tried to
 * tell that the two were mixed up. 200 the diagnosis, whether ok or not; the
 * envelope is not kept. 409 while the test sheets are not there.
 */
MUST_CHECK enum err selftest_run(struct req *q);

/*
 * As the detail carries it: {at, ok, passed_at, steps, app_id, fields, digest, sandbox: {orders,
 * refunds, last_at}}; from steps on of the last run that passed. null while never run. *ret is the
 * caller's.
 */
MUST_CHECK enum err selftest_json(struct req *q, const struct application *app, json_t **ret);

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
