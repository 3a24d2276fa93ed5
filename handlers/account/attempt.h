#ifndef HANDLERS_ACCOUNT_ATTEMPT_H
#define HANDLERS_ACCOUNT_ATTEMPT_H

#include "fcgi/request.h"
#include "handlers/rules/role.h"

/*
 * Trying a password: five failures lock an account for 15 minutes, many
 * from one address stop that address. An account nobody has is counted, locked
 * and answered like any other, and costs the same hash.
 */

/* Names an account to count by: its id when there is one, else what was typed. */
const char *attempt_key(struct req *q, enum role role, int64_t user_id, const char *typed);

/*
 * Is `password` the one of `encoded` (NULL: there is no such account)?
 * ERR_LOGIN_FAILED, ERR_LOCKED and ERR_RATE_LIMITED with the minutes left.
 */
MUST_CHECK enum err
attempt(struct req *q, const char *key, const char *encoded, const char *password);

/* The account has a new password: what was counted against the old one is forgotten. */
MUST_CHECK enum err attempt_forget(struct req *q, const char *key);

#endif
