#ifndef SQL_APPLICATION_APPLICATION_CLAIM_H
#define SQL_APPLICATION_APPLICATION_CLAIM_H

#include "sql/db/db.h"

/*
 * Which officer has taken an application from the list of its desk. At most one;
 * the row is gone when the application leaves the desk (application_move()).
 * Whoever changes it holds the application's row: application_lock().
 */
#define APPLICATION_CLAIM_COLUMNS(C, E)                                                            \
	C(INT, a, staff_id)                                                                        \
	C(TEXT, a, staff_name)                                                                     \
	C(INT, a, created_at)
SQL_ROW(application_claim, APPLICATION_CLAIM_COLUMNS)

/* ERR_NOT_FOUND: nobody has. */
MUST_CHECK enum err application_claim_get(struct sql *db, struct arena *arena,
    int64_t application_id, struct application_claim *ret);
/* Whoever had it, now this one has. */
MUST_CHECK enum err application_claim_put(struct sql_tx *tx, int64_t application_id,
    const struct application_claim *claim);
MUST_CHECK enum err application_claim_delete(struct sql_tx *tx, int64_t application_id);

#endif
