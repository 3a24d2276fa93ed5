#ifndef SQL_ACCOUNT_CERTIFICATION_CHECK_H
#define SQL_ACCOUNT_CERTIFICATION_CHECK_H

#include "handlers/rules/procedure/certify.h"
#include "sql/db/db.h"

/* What 资质认证 compared of a unit when it was asked last, and what was read of its licence. */

/* In the place of what there is; names of people come masked. */
MUST_CHECK enum err
certification_check_put(struct sql_tx *tx, int64_t unit_id, const struct unit_checks *checks);
/* Rows in the order of checked.def; none before the first 资质认证. */
MUST_CHECK enum err certification_checks(struct sql *db, struct arena *arena, int64_t unit_id,
    const struct field_check **ret, size_t *ret_count);

#define CERTIFICATION_READING_COLUMNS(C, E)                                                        \
	C(TEXT, r, text_sealed) /* LICENCE_TEXT of sql/db/sealed.def; NULL: could not be read */   \
	C(INT, r, read_at)
SQL_ROW(certification_reading, CERTIFICATION_READING_COLUMNS)
MUST_CHECK enum err certification_reading_put(struct sql_tx *tx, int64_t unit_id,
    const struct certification_reading *reading);
/* ERR_NOT_FOUND: nothing was read yet. */
MUST_CHECK enum err certification_reading_get(struct sql *db, struct arena *arena, int64_t unit_id,
    struct certification_reading *ret);

#endif
