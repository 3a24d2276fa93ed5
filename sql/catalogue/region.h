#ifndef SQL_CATALOGUE_REGION_H
#define SQL_CATALOGUE_REGION_H

#include "sql/db/db.h"

/* 医保区划 as the table knows them; what a code says by itself is handlers/rules/procedure/region.h. */
#define REGION_LIST(C, E, above)                                                                   \
	C(TEXT, r, code)                                                                           \
	C(TEXT, r, name)                                                                           \
	C(CODE, r, level) /* enum region_level */                                                  \
	C(CODE, r, kind)  /* enum region_kind */                                                   \
	/* nothing lies below it */                                                                \
	E(BOOL, leaf, "NOT EXISTS (SELECT 1 FROM region c WHERE c.parent = r.code)")               \
	E(TEXT, upper, above) /* names of what it lies in, province first; "" for a province */
#define REGION_COLUMNS(C, E) REGION_LIST(C, E, "''")
SQL_ROW(region, REGION_COLUMNS)

/* Below `parent`, in their order; those that may be chosen. */
MUST_CHECK enum err region_list(struct sql *db, struct arena *arena, const char *parent,
    const struct region **ret, size_t *ret_count);
/* ERR_NOT_FOUND. */
MUST_CHECK enum err
region_get(struct sql *db, struct arena *arena, const char *code, struct region *ret);
/*
 * "广东省广州市天河区", as people read it: without the nation and without nodes
 * that no government stands for. The code itself when there is no such region.
 */
MUST_CHECK enum err
region_full_name(struct sql *db, struct arena *arena, const char *code, const char **ret);
/* Of several at once: ret has as many places as codes. */
MUST_CHECK enum err region_full_names(struct sql *db, struct arena *arena,
    const char *const codes[], size_t count, const char *ret[]);

#endif
