#ifndef SQL_RECORD_AUDIT_SEAL_H
#define SQL_RECORD_AUDIT_SEAL_H

#include "sql/db/db.h"

/*
 * The ends of the audit's chains at a moment, signed: handlers/admin/audit_seal.h says by whom and
 * what for. Only ever added to, numbered from 1 on.
 */
#define AUDIT_SEAL_COLUMNS(C, E)                                                                   \
	C(INT, a, id)                                                                              \
	C(INT, a, made_at)                                                                         \
	C(INT, a, row_count)                                                                       \
	C(TEXT, a, heads)    /* "chain:seq:hash", a blank between two */                           \
	C(TEXT, a, previous) /* SM3 of the line of the one before */                               \
	C(TEXT, a, signature)
SQL_ROW(audit_seal, AUDIT_SEAL_COLUMNS)

/* ERR_EXISTS: somebody else made the one of that number. */
MUST_CHECK enum err audit_seal_add(struct sql_tx *tx, const struct audit_seal *s);
/* ERR_NOT_FOUND: there is none yet; none of that number. */
MUST_CHECK enum err audit_seal_last(struct sql *db, struct arena *arena, struct audit_seal *ret);
MUST_CHECK enum err
audit_seal_get(struct sql *db, struct arena *arena, int64_t id, struct audit_seal *ret);
/* When the oldest row of the audit was written that is newer than `at`; 0: there is none. */
MUST_CHECK enum err audit_newer(struct sql *db, struct arena *arena, int64_t at, int64_t *ret);
/* By number, after `after`; at most `limit`. */
MUST_CHECK enum err audit_seals(struct sql *db, struct arena *arena, int64_t after, int64_t limit,
    const struct audit_seal **ret, size_t *ret_count);

#endif
