#ifndef HANDLERS_SELFTEST_SELFTEST_H
#define HANDLERS_SELFTEST_SELFTEST_H

#include "fcgi/http/request.h"
#include "sql/application/application.h"

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

#endif
