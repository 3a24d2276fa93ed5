#ifndef SQL_CATALOGUE_ANNOUNCEMENT_H
#define SQL_CATALOGUE_ANNOUNCEMENT_H

#include "sql/db/db.h"

/* 公告 as the public reads them; kept through sql/catalogue/catalogue.h. */
#define ANNOUNCEMENT_COLUMNS(C, E)                                                                 \
	C(INT, a, id)                                                                              \
	C(TEXT, a, title)                                                                          \
	C(TEXT, a, body)                                                                           \
	C(INT, a, starts) /* Unix seconds */
SQL_ROW(announcement, ANNOUNCEMENT_COLUMNS)

/* Those in force at `now`, the latest first; at most 20. */
MUST_CHECK enum err announcement_current(struct sql *db, struct arena *arena, int64_t now,
    const struct announcement **ret, size_t *ret_count);

#endif
