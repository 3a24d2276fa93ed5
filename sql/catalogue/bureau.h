#ifndef SQL_CATALOGUE_BUREAU_H
#define SQL_CATALOGUE_BUREAU_H

#include "sql/db/db.h"

/* 医保局: who decides for which regions. */
#define BUREAU_COLUMNS(C, E)                                                                       \
	C(INT, b, id)                                                                              \
	C(TEXT, b, region_code)                                                                    \
	C(TEXT, b, name)                                                                           \
	C(CODE, b, level)  /* 1 nation, 2 province, 3 prefecture or a county of its own */         \
	C(TEXT, b, prefix) /* of the regions it holds; "" for the nation */
SQL_ROW(bureau, BUREAU_COLUMNS)

/* ERR_NOT_FOUND. */
MUST_CHECK enum err bureau_get(struct sql *db, struct arena *arena, int64_t id, struct bureau *ret);
/* By the code of its own region ("440100"). ERR_NOT_FOUND. */
MUST_CHECK enum err
bureau_by_region(struct sql *db, struct arena *arena, const char *region_code, struct bureau *ret);

/* Of the province a bureau of level 3 lies in. ERR_NOT_FOUND. */
MUST_CHECK enum err
bureau_above(struct sql *db, struct arena *arena, const struct bureau *of, struct bureau *ret);

#define BUREAU_BELOW_COLUMNS(C, E)                                                                 \
	C(INT, b, id)                                                                              \
	C(TEXT, b, region_code)                                                                    \
	E(TEXT, region_name, "COALESCE(r.name, b.name)")                                           \
	/* how many lie below it */                                                                \
	E(INT, bureaus,                                                                            \
	    "(SELECT COUNT(*) FROM bureau c WHERE c.level = b.level + 1"                           \
	    " AND c.prefix LIKE CONCAT(b.prefix, '%'))")
SQL_ROW(bureau_below, BUREAU_BELOW_COLUMNS)
/* Those of a level whose prefix begins so, by region code. */
MUST_CHECK enum err bureau_below(struct sql *db, struct arena *arena, unsigned level,
    const char *prefix, const struct bureau_below **ret, size_t *ret_count);

/* The three desks an application from `region_code` crosses. */
struct bureau_chain {
	struct bureau local, province, nation;
};

/*
 * handlers/rules/procedure/region.h says which; in a 直辖市 local and province are one
 * bureau. ERR_NOT_FOUND: no agreement can lie in that region, or a bureau of
 * the chain is missing from the table.
 */
MUST_CHECK enum err bureau_chain(struct sql *db, struct arena *arena, const char *region_code,
    struct bureau_chain *ret);

#endif
