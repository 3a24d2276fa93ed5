#ifndef SQL_APPLICATION_EXPORT_H
#define SQL_APPLICATION_EXPORT_H

#include "sql/application/application_list.h"
#include "sql/db/db.h"

/* A 导出 that a job makes, for one person acting for one unit. */
#define EXPORT_COLUMNS(C, E)                                                                       \
	C(INT, e, id)                                                                              \
	C(TEXT, e, code) /* 32 lower-case hex digits: its address and its place in the store */    \
	C(CODE, e, role)                                                                           \
	C(INT, e, user_id)                                                                         \
	C(INT, e, unit_id) /* with business_type: the filter */                                    \
	C(INT, e, institution_id)                                                                  \
	C(INT, e, status)                                                                          \
	C(TEXT, e, business_type)                                                                  \
	C(CODE, e, format) /* enum table_format */                                                 \
	C(INT, e, size)    /* bytes; 0 until it is there */                                        \
	C(INT, e, created_at)                                                                      \
	C(INT, e, expires_at)
SQL_ROW(export, EXPORT_COLUMNS)

/* id and size are ignored. ERR_EXISTS: the same table for the same person is being made. */
MUST_CHECK enum err export_insert(struct sql_tx *tx, const struct export *e, int64_t *ret_id);
/* ERR_NOT_FOUND. */
MUST_CHECK enum err export_get(struct sql *db, struct arena *arena, int64_t id, struct export *ret);
/* ERR_NOT_FOUND. */
MUST_CHECK enum err
export_by_code(struct sql *db, struct arena *arena, const char *code, struct export *ret);
MUST_CHECK enum err export_ready(struct sql_tx *tx, int64_t id, int64_t size);
MUST_CHECK enum err export_delete(struct sql_tx *tx, int64_t id);
/* Those that expired before `now`, at most `limit`; their files are swept after them. */
MUST_CHECK enum err export_purge(struct sql_tx *tx, int64_t now, int64_t limit);

#endif
