#ifndef SQL_CATALOGUE_IMPORT_H
#define SQL_CATALOGUE_IMPORT_H

#include "handlers/rules/form/admin_form.h"
#include "sql/db/db.h"

/*
 * Files of the institution catalogue: rows are put beside it first, where they
 * are compared with it and duplicates show, and taken over in one statement per
 * IMPORT_SPAN lines afterwards.
 */
enum import_state {
	IMPORT_CHECKING = 1,
	IMPORT_CHECKED = 2,
	IMPORT_RUNNING = 3,
	IMPORT_DONE = 4,
	IMPORT_FAILED = 5
};
#define IMPORT_SPAN 5000   /* lines per statement */
#define IMPORT_FAULTS 1000 /* bad rows that are kept; all are counted */

#define IMPORT_COLUMNS(C, E)                                                                       \
	C(INT, i, id)                                                                              \
	C(TEXT, i, code)                                                                           \
	C(TEXT, i, file)                                                                           \
	C(CODE, i, state)  /* enum import_state */                                                 \
	C(TEXT, i, reason) /* of IMPORT_FAILED; or NULL */                                         \
	C(TEXT, i, note)   /* columns that were not read; or NULL */                               \
	C(INT, i, good)    /* rows */                                                              \
	C(INT, i, bad)                                                                             \
	C(INT, i, added) /* of the good ones, against the catalogue */                             \
	C(INT, i, changed)                                                                         \
	C(INT, i, same)                                                                            \
	C(INT, i, ended)                                                                           \
	C(INT, i, covered) /* sql/catalogue/import_missing.h; only when no row is bad */           \
	C(INT, i, missing)                                                                         \
	C(BOOL, i, ends_missing) /* taken over, these end */                                       \
	C(INT, i, created_at)
SQL_ROW(import, IMPORT_COLUMNS)

#define IMPORT_FAULT_COLUMNS(C, E)                                                                 \
	C(INT, i, number)                                                                          \
	C(INT, i, line)                                                                            \
	C(TEXT, i, what) /* field as people call it, and the reason */                             \
	C(TEXT, i, why)
SQL_ROW(import_fault, IMPORT_FAULT_COLUMNS)

MUST_CHECK enum err
import_add(struct sql_tx *tx, const char *code, const char *file, int64_t now, int64_t *ret_id);
/* ERR_NOT_FOUND. */
MUST_CHECK enum err import_get(struct sql *db, struct arena *arena, int64_t id, struct import *ret);
/* ERR_NOT_FOUND. For the sweep. */
MUST_CHECK enum err
import_by_code(struct sql *db, struct arena *arena, const char *code, struct import *ret);
/* Newest first. */
MUST_CHECK enum err import_list(struct sql *db, struct arena *arena, int64_t limit,
    const struct import **ret, size_t *ret_count);
/* ERR_CONFLICT when it is not in state `from`. */
MUST_CHECK enum err
import_move(struct sql_tx *tx, int64_t id, enum import_state from, enum import_state to);
/* Those that are missing end when it is taken over. */
MUST_CHECK enum err import_ends_missing(struct sql_tx *tx, int64_t id);
/* What the check found; the other members of *found are not looked at. */
MUST_CHECK enum err import_settle(struct sql_tx *tx, const struct import *found);

/* What an attempt before left behind goes. */
MUST_CHECK enum err import_clear(struct sql_tx *tx, int64_t id);
/* ERR_EXISTS: the place stands in an earlier line. */
MUST_CHECK enum err
import_row_add(struct sql_tx *tx, int64_t id, int64_t line, const struct institution_row *row);
MUST_CHECK enum err
import_fault_add(struct sql_tx *tx, int64_t id, const struct import_fault *fault);
MUST_CHECK enum err import_faults(struct sql *db, struct arena *arena, int64_t id, int64_t after,
    int64_t limit, const struct import_fault **ret, size_t *ret_count);

/* Compares lines [from, from + IMPORT_SPAN) with the catalogue as it is. */
MUST_CHECK enum err import_compare(struct sql_tx *tx, int64_t id, int64_t from, int64_t now);
/* Takes those over that are not unchanged. */
MUST_CHECK enum err import_take(struct sql_tx *tx, int64_t id, int64_t from);
/* good, added, changed, same, ended and, as *ret_last, the last line. */
MUST_CHECK enum err import_tally(struct sql *db, struct arena *arena, int64_t id,
    struct import *ret, int64_t *ret_last);

/*
 * Rows of files that are taken over, could not be, or are from before `before`,
 * at most `limit` of them; the latter can be taken over no more.
 */
MUST_CHECK enum err import_purge(struct sql_tx *tx, int64_t before, int64_t limit);

#endif
