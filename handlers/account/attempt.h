#ifndef HANDLERS_ACCOUNT_ATTEMPT_H
#define HANDLERS_ACCOUNT_ATTEMPT_H

#include "fcgi/http/request.h"
#include "handlers/rules/table/kinds.h"
#include "sql/db/db.h"

/*
 * Trying a password or a dynamic code: a few failures lock for a while,
 * whom and for how long is said in attempt.def. An account nobody has is
 * counted, locked and answered like any other, and costs the same hash.
 */

/* Whose password is tried. */
struct claimant {
	enum role role;    /* of the login: staff of all roles are ROLE_OFFICER */
	int64_t user_id;   /* 0: there is no such account */
	const char *typed; /* the account's name as typed; looked at when user_id is 0 */
};

/* The role whoever is signed in is counted as. */
enum role counted_as(const struct req *q);

/*
 * Is `password` the one of `encoded` (NULL: there is no such account)?
 * ERR_LOGIN_FAILED, ERR_LOCKED and ERR_RATE_LIMITED with the time left.
 */
MUST_CHECK enum err attempt_password(struct req *q, const struct claimant *who, const char *encoded,
    const char *password);

/*
 * A dynamic code is about to be looked at: ERR_LOCKED with the time left once
 * there were too many. attempt_code_right() when it was right.
 */
MUST_CHECK enum err attempt_code(struct req *q, int64_t staff_id);
MUST_CHECK enum err attempt_code_right(struct req *q, int64_t staff_id);

/*
 * A phone is named that may be anybody's, by a unit that adds it or by whoever has a code for it:
 * ERR_RATE_LIMITED once the unit named more than any unit has 经办人, or the network more than come
 * from one.
 */
MUST_CHECK enum err attempt_lookup(struct req *q);

/*
 * The account has a new password, given by SMS or the like: what was counted
 * against the old one is forgotten, and where he signed in with it.
 */
MUST_CHECK enum err
attempt_forget(struct req *q, struct sql_tx *tx, enum role role, int64_t user_id);

#endif
