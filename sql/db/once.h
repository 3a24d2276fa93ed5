#ifndef SQL_DB_ONCE_H
#define SQL_DB_ONCE_H

#include "sql/db/db.h"

/*
 * Idempotency-Key: the answer to a creating POST is kept in the transaction of
 * its deed, so a lost answer or a second click gets the same answer.
 */
#define ONCE_COLUMNS(C, E)                                                                         \
	C(TEXT, o, actor) /* "role/user_id", or "session/<hash>" for nobody */                     \
	C(TEXT, o, token) /* the key the browser made */                                           \
	C(TEXT, o, route)                                                                          \
	C(INT, o, status)                                                                          \
	C(TEXT, o, body_sealed) /* keyring purpose "once" */
SQL_ROW(once, ONCE_COLUMNS)

/* ERR_NOT_FOUND: not done yet. */
MUST_CHECK enum err once_get(struct sql *db, struct arena *arena, const char *actor,
    const char *token, struct once *ret);
/* ERR_EXISTS when another request with this key was first; roll back and replay. */
MUST_CHECK enum err once_put(struct sql_tx *tx, const struct once *o, int64_t now);
/* Forget answers older than `before`, at most `limit`. */
MUST_CHECK enum err once_purge(struct sql_tx *tx, int64_t before, int64_t limit);

#endif
