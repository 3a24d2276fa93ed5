#ifndef SQL_RECORD_AUDIT_SEARCH_H
#define SQL_RECORD_AUDIT_SEARCH_H

#include "sql/record/audit.h"

/* Reading the trail, newest first, page by page; each way of asking has its index. */
#define AUDIT_ITEM_COLUMNS(C, E)                                                                   \
	C(INT, a, id)                                                                              \
	E(INT, at, "a.created_at") /* Unix seconds */                                              \
	C(CODE, a, role)                                                                           \
	C(INT, a, user_id)                                                                         \
	/* account and name of the person as of now; NULL: nobody, or not there any more */        \
	E(TEXT, account, "COALESCE(s.account, u.account)")                                         \
	E(TEXT, name, "COALESCE(s.name, u.name, o.name)")                                          \
	C(TEXT, a, address)                                                                        \
	C(TEXT, a, deed)                                                                           \
	C(TEXT, a, object)                                                                         \
	C(TEXT, a, detail)
SQL_ROW(audit_item, AUDIT_ITEM_COLUMNS)

struct audit_filter {
	int64_t user_id; /* with roles from first_role to last_role; 0 anybody */
	unsigned first_role, last_role;
	const char *object, *address, *deed; /* exactly; NULL any */
	int64_t from, until;                 /* Unix seconds, both included */
};

struct audit_place {
	int64_t at, id; /* of the last row of the page before; INT64_MAX, 0 at the beginning */
};

MUST_CHECK enum err
audit_search(struct sql *db, struct arena *arena, const struct audit_filter *filter,
    struct audit_place after, int64_t limit, const struct audit_item **ret, size_t *ret_count);

/* ---- what became of checking it ------------------------------------------- */

#define AUDIT_CHECK_COLUMNS(C, E)                                                                  \
	C(INT, a, id)                                                                              \
	C(INT, a, asked_by) /* staff; 0: once a day */                                             \
	E(INT, rows, "a.row_count")                                                                \
	C(BOOL, a, sound)                                                                          \
	C(TEXT, a, fault) /* or NULL */                                                            \
	C(INT, a, chain)                                                                           \
	C(INT, a, seq)                                                                             \
	C(INT, a, started_at) /* Unix seconds */                                                   \
	C(INT, a, ended_at)
SQL_ROW(audit_check, AUDIT_CHECK_COLUMNS)

/* Like the trail itself it is only ever added to. id is ignored. */
MUST_CHECK enum err audit_check_add(struct sql_tx *tx, const struct audit_check *check);
/* Newest first. */
MUST_CHECK enum err audit_checks(struct sql *db, struct arena *arena, int64_t limit,
    const struct audit_check **ret, size_t *ret_count);
/* Is one asked for or under way? */
MUST_CHECK enum err audit_check_runs(struct sql *db, struct arena *arena, bool *ret);

#endif
