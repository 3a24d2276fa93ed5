#ifndef SQL_APPLICATION_SAVED_FILTER_H
#define SQL_APPLICATION_SAVED_FILTER_H

#include "sql/db/db.h"

/* A list an officer has narrowed and named. */
#define SAVED_FILTER_COLUMNS(C, E)                                                                 \
	C(INT, s, id)                                                                              \
	C(TEXT, s, name)                                                                           \
	C(TEXT, s, query)
SQL_ROW(saved_filter, SAVED_FILTER_COLUMNS)

#define SAVED_FILTERS_MAX 30 /* of one officer */

/* By name. */
MUST_CHECK enum err saved_filters(struct sql *db, struct arena *arena, int64_t staff_id,
    const struct saved_filter **ret, size_t *ret_count);
/* One of that name is replaced; *ret_id is the row's. */
MUST_CHECK enum err saved_filter_put(struct sql_tx *tx, int64_t staff_id,
    const struct saved_filter *f, int64_t *ret_id);
/* ERR_NOT_FOUND. */
MUST_CHECK enum err saved_filter_delete(struct sql_tx *tx, int64_t staff_id, int64_t id);

#endif
