#ifndef SQL_ACCOUNT_STANDING_H
#define SQL_ACCOUNT_STANDING_H

#include "sql/db/db.h"

/*
 * Whether a person who signed in may still act: asked on requests, so that a
 * changed password or a disabled account acts on the next one of every worker,
 * also when Redis forgot that the sessions ended.
 */
#define STANDING_COLUMNS(C, E)                                                                     \
	C(INT, s, password_seq) /* which of his passwords is in force */                           \
	C(BOOL, s, disabled)    /* staff only */
SQL_ROW(standing, STANDING_COLUMNS)

/* role: role.def. ERR_NOT_FOUND: nobody any more. */
MUST_CHECK enum err standing_get(struct sql *db, struct arena *arena, unsigned role,
    int64_t user_id, struct standing *ret);

/* Of the staff, and so until the transaction ends: whoever disables or changes the account waits. */
MUST_CHECK enum err
standing_hold(struct sql_tx *tx, struct arena *arena, int64_t staff_id, struct standing *ret);

#endif
