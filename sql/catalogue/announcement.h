#ifndef SQL_CATALOGUE_ANNOUNCEMENT_H
#define SQL_CATALOGUE_ANNOUNCEMENT_H

#include "sql/db/db.h"

/* 公告 as the public reads them; kept through sql/catalogue/catalogue.h. */
struct announcement {
	int64_t id;
	const char *title, *body;
	int64_t starts; /* Unix seconds */
};

/* Those in force at `now`, the latest first; at most 20. */
MUST_CHECK enum err announcement_current(struct sql *db, struct arena *arena, int64_t now,
    const struct announcement **ret, size_t *ret_count);

#endif
