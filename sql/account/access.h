#ifndef SQL_ACCOUNT_ACCESS_H
#define SQL_ACCOUNT_ACCESS_H

#include "sql/account/unit.h"

/*
 * What an operator may do for a unit right now, in one round trip: asked by the
 * gates at every request, so that a revoked grant or binding acts on the next one.
 */
#define ACCESS_COLUMNS(C, E)                                                                       \
	E(CODE, certification, CERTIFICATION_NOW("u")) /* enum certification, of the unit */       \
	E(BOOL, bound, "b.id IS NOT NULL")             /* the operator is one of the unit's */     \
	/* and holds the business for it */                                                        \
	E(BOOL, granted, "b.id IS NOT NULL AND g.operator_id IS NOT NULL")                         \
	E(BOOL, institution, "i.id IS NOT NULL") /* the institution is active and the unit's */    \
	/* of the operator: sql/account/standing.h */                                              \
	E(INT, password_seq, "COALESCE(o.password_seq, 0)")
SQL_ROW(access, ACCESS_COLUMNS)

/* institution_id: 0 for none. ERR_NOT_FOUND: no such unit. */
MUST_CHECK enum err access_get(struct sql *db, struct arena *arena, int64_t unit_id,
    int64_t operator_id, unsigned business, int64_t institution_id, struct access *ret);

#endif
