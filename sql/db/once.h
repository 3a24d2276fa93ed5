#ifndef SQL_DB_ONCE_H
#define SQL_DB_ONCE_H

#include "sql/db/db.h"

/*
 * Idempotency-Key: the answer to a creating POST is kept in the transaction of
 * its deed, so a lost answer or a second click gets the same answer.
 */
struct once {
	const char *actor; /* "role/user_id", or "session/<hash>" for nobody */
	const char *token; /* the key the browser made */
	const char *route;
	int64_t status;
	const char *body_sealed; /* PURPOSE_ONCE */
};

/* ERR_NOT_FOUND: not done yet. */
MUST_CHECK enum err once_get(struct sql *db, struct arena *arena, const char *actor,
    const char *token, struct once *ret);
/* ERR_EXISTS when another request with this key was first; roll back and replay. */
MUST_CHECK enum err once_put(struct sql_tx *tx, const struct once *o, int64_t now);
/* Forget answers older than `before`, at most `limit`. */
MUST_CHECK enum err once_purge(struct sql_tx *tx, int64_t before, int64_t limit);

#endif
