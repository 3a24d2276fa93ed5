#ifndef SQL_ACCOUNT_STAFF_REQUEST_H
#define SQL_ACCOUNT_STAFF_REQUEST_H

#include "sql/db/db.h"

/*
 * What one 安全管理员 asks for about an account and another confirms: the account as it is
 * to be. Kinds and states: handlers/rules/table/staff_request.def. A request that waits longer than
 * `until` is over, whether or not its state says so yet.
 */
#define STAFF_REQUEST_COLUMNS(C, E)                                                                \
	C(INT, r, id)                                                                              \
	C(CODE, r, kind)                                                                           \
	C(CODE, r, state)                                                                          \
	C(INT, r, staff_id) /* 0: an account that is to be made */                                 \
	C(TEXT, r, account)                                                                        \
	C(TEXT, r, name)                                                                           \
	C(INT, r, bureau_id)                                                                       \
	C(CODE, r, role)                                                                           \
	C(TEXT, r, scope)                                                                          \
	C(BOOL, r, may_download)                                                                   \
	C(INT, r, version)       /* of the account, as it was seen */                              \
	C(TEXT, r, phone_sealed) /* STAFF_REQUEST_PHONE of sql/db/sealed.def; NULL: stays */       \
	C(TEXT, r, id_sealed)    /* STAFF_REQUEST_ID, of an account that is to be made */          \
	C(TEXT, r, reason)                                                                         \
	C(INT, r, asked_by)                                                                        \
	C(INT, r, asked_at)                                                                        \
	C(INT, r, until)                                                                           \
	C(INT, r, decided_by)                                                                      \
	C(INT, r, decided_at)                                                                      \
	C(TEXT, r, note)
SQL_ROW(staff_request, STAFF_REQUEST_COLUMNS)

/* id, state and what was decided are not looked at. ERR_EXISTS: one waits for the account. */
MUST_CHECK enum err
staff_request_add(struct sql_tx *tx, const struct staff_request *r, int64_t *ret_id);
/* ERR_NOT_FOUND. */
MUST_CHECK enum err
staff_request_get(struct sql *db, struct arena *arena, int64_t id, struct staff_request *ret);
/* Until tx ends nobody else settles it. ERR_NOT_FOUND. */
MUST_CHECK enum err
staff_request_lock(struct sql_tx *tx, struct arena *arena, int64_t id, struct staff_request *ret);
/* ERR_CONFLICT: it does not wait any more. */
MUST_CHECK enum err staff_request_settle(struct sql_tx *tx, int64_t id, unsigned state, int64_t by,
    int64_t now, const char *note);
/* Those that waited too long no longer wait. */
MUST_CHECK enum err staff_request_lapse(struct sql_tx *tx, int64_t now);

/* How many of them wait for somebody else than `staff_id`. */
MUST_CHECK enum err staff_request_waiting(struct sql *db, struct arena *arena, int64_t staff_id,
    int64_t now, int64_t *ret);

/* ---- the list -------------------------------------------------------------- */

/* A request, and beside it the account as it is; empty texts where there is none. */
#define STAFF_REQUEST_ITEM_COLUMNS(C, E)                                                           \
	C(INT, r, id)                                                                              \
	C(CODE, r, kind)                                                                           \
	C(CODE, r, state)                                                                          \
	C(INT, r, staff_id)                                                                        \
	C(TEXT, r, account)                                                                        \
	C(TEXT, r, name)                                                                           \
	E(TEXT, bureau_name, "b.name")                                                             \
	C(CODE, r, role)                                                                           \
	C(TEXT, r, scope)                                                                          \
	C(BOOL, r, may_download)                                                                   \
	C(TEXT, r, phone_sealed)                                                                   \
	C(TEXT, r, reason)                                                                         \
	C(INT, r, asked_by)                                                                        \
	E(TEXT, asked_by_name, "COALESCE(a.name, '')")                                             \
	E(TEXT, asked_by_account, "COALESCE(a.account, '')")                                       \
	C(INT, r, asked_at)                                                                        \
	C(INT, r, until)                                                                           \
	E(TEXT, decided_by_name, "d.name")                                                         \
	C(INT, r, decided_at)                                                                      \
	C(TEXT, r, note)                                                                           \
	E(TEXT, old_name, "s.name")                                                                \
	E(TEXT, old_bureau, "sb.name")                                                             \
	E(CODE, old_role, "COALESCE(s.role, 0)")                                                   \
	E(TEXT, old_scope, "s.scope")                                                              \
	E(BOOL, old_may_download, "COALESCE(s.may_download, 0)")
SQL_ROW(staff_request_item, STAFF_REQUEST_ITEM_COLUMNS)

/* Those that wait, oldest first; or those that do not, newest first. From after `after` (0: all). */
MUST_CHECK enum err
staff_request_list(struct sql *db, struct arena *arena, bool waiting, int64_t now, int64_t after,
    int64_t limit, const struct staff_request_item **ret, size_t *ret_count);

#endif
