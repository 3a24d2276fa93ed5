#ifndef SQL_RECORD_SECURITY_RECORD_H
#define SQL_RECORD_SECURITY_RECORD_H

#include "sql/record/audit_search.h"

/* Of the audit what concerns one account: 安全记录. Which deeds: handlers/rules/table/security.def. */
#define SECURITY_RECORD_COLUMNS(C, E)                                                              \
	C(INT, a, id)                                                                              \
	E(INT, at, "a.created_at") /* Unix seconds */                                              \
	C(INT, a, user_id)         /* who did it; 0 nobody who was signed in */                    \
	C(CODE, a, role)                                                                           \
	C(TEXT, a, address)                                                                        \
	C(TEXT, a, deed)                                                                           \
	C(TEXT, a, object)                                                                         \
	C(TEXT, a, detail)
SQL_ROW(security_record, SECURITY_RECORD_COLUMNS)

struct security_subject {
	int64_t user_id;
	unsigned first_role, last_role; /* what he did, as whichever of these */
	const char *objects[3];         /* what was done to any of these */
};

/* Newest first, after that place and not older than `since`. */
MUST_CHECK enum err security_records(struct sql *db, struct arena *arena,
    const struct security_subject *of, int64_t since, struct audit_place after, int64_t limit,
    const struct security_record **ret, size_t *ret_count);

#endif
