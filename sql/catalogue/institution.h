#ifndef SQL_CATALOGUE_INSTITUTION_H
#define SQL_CATALOGUE_INSTITUTION_H

#include "sql/db/db.h"

/*
 * The catalogue of 定点医药机构, one row per institution and 医药机构协议所属区划
 * . A unit's institutions are the rows with its 统一社会信用代码.
 */
#define INSTITUTION_COLUMNS(C, E)                                                                  \
	C(INT, i, id)                                                                              \
	C(TEXT, i, code)                                                                           \
	C(TEXT, i, name)                                                                           \
	C(TEXT, i, region_code)                                                                    \
	C(TEXT, i, uscc)                                                                           \
	C(TEXT, i, legal_name)     /* or NULL */                                                   \
	C(INT, i, agreement_start) /* Unix seconds; in force from start to before end */           \
	C(INT, i, agreement_end)                                                                   \
	C(BOOL, i, active)
SQL_ROW(institution, INSTITUTION_COLUMNS)

#define INSTITUTIONS_MAX 200 /* rows of one unit that are ever shown */

/* ERR_NOT_FOUND. */
MUST_CHECK enum err
institution_get(struct sql *db, struct arena *arena, int64_t id, struct institution *ret);
/* The active rows of a 统一社会信用代码, by code and region; at most INSTITUTIONS_MAX. */
MUST_CHECK enum err institution_by_uscc(struct sql *db, struct arena *arena, const char *uscc,
    const struct institution **ret, size_t *ret_count);
/* The active row, if it is this unit's. ERR_NOT_FOUND when there is none or it is another's. */
MUST_CHECK enum err institution_of_unit(struct sql *db, struct arena *arena, int64_t id,
    int64_t unit_id, struct institution *ret);

#endif
