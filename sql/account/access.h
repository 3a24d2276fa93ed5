#ifndef SQL_ACCOUNT_ACCESS_H
#define SQL_ACCOUNT_ACCESS_H

#include "sql/db/db.h"

/*
 * What an operator may do for a unit right now, in one round trip: asked by the
 * gates at every request, so that a revoked grant or binding acts on the next one.
 */
struct access {
	unsigned certification; /* enum certification, of the unit */
	bool bound;             /* the operator is one of the unit's */
	bool granted;           /* and holds the business for it */
	bool institution;       /* the institution is active and the unit's */
	int64_t password_seq;   /* of the operator: sql/account/standing.h */
};

/* institution_id: 0 for none. ERR_NOT_FOUND: no such unit. */
MUST_CHECK enum err access_get(struct sql *db, struct arena *arena, int64_t unit_id,
    int64_t operator_id, unsigned business, int64_t institution_id, struct access *ret);

#endif
