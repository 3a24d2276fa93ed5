#ifndef SQL_CATALOGUE_IMPORT_MISSING_H
#define SQL_CATALOGUE_IMPORT_MISSING_H

#include "sql/db/db.h"

/*
 * Who is in force in the catalogue for a region that the file names, and is not
 * in the file. Found with the look at the file and kept, so that what ends is
 * what was shown; nobody outside the regions of the file is ever among them.
 */
#define IMPORT_MISSED_COLUMNS(C, E)                                                                \
	C(INT, i, id) /* of the institution's row */                                               \
	C(TEXT, i, code)                                                                           \
	C(TEXT, i, name)                                                                           \
	C(TEXT, i, region_code)                                                                    \
	C(TEXT, i, uscc)                                                                           \
	/* its applications that are neither drafts nor at an end */                               \
	E(INT, running,                                                                            \
	    "(SELECT COUNT(*) FROM unit u JOIN application a ON a.unit_id = u.id"                  \
	    " AND a.institution_id = i.id WHERE u.uscc = i.uscc"                                   \
	    " AND a.state NOT IN (?, ?, ?))")
SQL_ROW(import_missed, IMPORT_MISSED_COLUMNS)

/* Finds and keeps them. *ret_covered: rows in force in the regions of the file. */
MUST_CHECK enum err import_missing_find(struct sql_tx *tx, int64_t import_id, int64_t now,
    int64_t *ret_missing, int64_t *ret_covered);
/* Would the same be found now? */
MUST_CHECK enum err
import_missing_same(struct sql_tx *tx, int64_t import_id, int64_t now, bool *ret);
/*
 * Ends those that were kept: no agreement in force any more, which certification
 * follows at once (sql/account/certification.h).
 */
MUST_CHECK enum err import_missing_end(struct sql_tx *tx, int64_t import_id);
/* Those that were kept, by id. */
MUST_CHECK enum err import_missing_list(struct sql *db, struct arena *arena, int64_t import_id,
    int64_t after, int64_t limit, const struct import_missed **ret, size_t *ret_count);

#endif
