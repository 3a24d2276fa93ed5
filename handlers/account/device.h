#ifndef HANDLERS_ACCOUNT_DEVICE_H
#define HANDLERS_ACCOUNT_DEVICE_H

#include "fcgi/http/request.h"
#include "handlers/rules/table/kinds.h"
#include "sql/db/db.h"

/*
 * The browser as such, whoever uses it: a long-lived cookie of random digits,
 * of which the store keeps the SM3. It opens nothing; it only tells a person's
 * own browser from a stranger's when passwords are tried (attempt.def).
 */
#define DEVICE_AGE (INT64_C(180) * 24 * 3600) /* seconds since it was seen last */

/* SM3 of the cookie as 64 hex digits; NULL when there is none. */
const char *device_of(struct req *q);

/*
 * He has proven in this browser who he is: it is his from now on. A browser
 * nobody ever signed in from gets a cookie of ours, never one of its own.
 */
MUST_CHECK enum err
device_remember(struct req *q, struct sql_tx *tx, enum role role, int64_t user_id);

#endif
