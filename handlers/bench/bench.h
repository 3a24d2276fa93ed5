#ifndef HANDLERS_BENCH_BENCH_H
#define HANDLERS_BENCH_BENCH_H

#include "fcgi/request.h"
#include "handlers/bench/diagnose.h"
#include "sql/application.h"
#include "sql/credential.h"

/* 联调自测 on the public site. */

/*
 * POST /applications/{key}/bench - takes an envelope apart with the keys of the
 * application's test sheet; the formal ones, where there are any, are tried to
 * tell that the two were mixed up. 200 the diagnosis, whether ok or not; the
 * envelope is not kept. 409 while the test sheets are not there.
 */
MUST_CHECK enum err bench_run(struct req *q);

/*
 * As the detail carries it: {at, ok, passed_at, steps, app_id, fields, digest, sandbox: {orders,
 * refunds, last_at}}; from steps on of the last run that passed. null while never run. *ret is the
 * caller's.
 */
MUST_CHECK enum err bench_json(struct req *q, const struct application *app, json_t **ret);

/* The keys of a credential, unsealed into the arena: forget them with bench_keys_forget(). */
MUST_CHECK enum err
bench_keys_of(struct req *q, const struct channel_credential *c, struct bench_keys *ret);
/*
 * Of the credentials with that 应用ID in the test environment the one that opens the envelope:
 * the newest, or while it is still valid the one it replaced; the newest when neither does.
 * ERR_NOT_FOUND: none is in force. keys are to be forgotten whatever is returned.
 */
MUST_CHECK enum err bench_keys_for(struct req *q, const char *app_id, const char *envelope,
    size_t size, struct channel_credential *ret, struct bench_keys *ret_keys);
void bench_keys_forget(struct bench_keys *keys);

#endif
