#ifndef SQL_CATALOGUE_IMPORT_MISSING_H
#define SQL_CATALOGUE_IMPORT_MISSING_H

#include "sql/db/db.h"

/*
 * Who is in force in the catalogue for a region that the file names, and is not
 * in the file. Found with the look at the file and kept, so that what ends is
 * what was shown; nobody outside the regions of the file is ever among them.
 */
struct import_missed {
	int64_t id; /* of the institution's row */
	const char *code, *name, *region_code, *uscc;
	int64_t running; /* its applications that are neither drafts nor at an end */
};

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
