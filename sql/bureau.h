#ifndef SQL_BUREAU_H
#define SQL_BUREAU_H

#include "sql/db.h"

/* 医保局: who decides for which regions. */
struct bureau {
	int64_t id;
	const char *region_code;
	const char *name;
	unsigned level;     /* 1 nation, 2 province, 3 prefecture or a county of its own */
	const char *prefix; /* of the regions it holds; "" for the nation */
};

/* ERR_NOT_FOUND. */
MUST_CHECK enum err bureau_get(struct sql *db, struct arena *arena, int64_t id, struct bureau *ret);
/* By the code of its own region ("440100"). ERR_NOT_FOUND. */
MUST_CHECK enum err
bureau_by_region(struct sql *db, struct arena *arena, const char *region_code, struct bureau *ret);

/* The three desks an application from `region_code` crosses. */
struct bureau_chain {
	struct bureau local, province, nation;
};

/*
 * handlers/rules/region.h says which; in a 直辖市 local and province are one
 * bureau. ERR_NOT_FOUND: no agreement can lie in that region, or a bureau of
 * the chain is missing from the table.
 */
MUST_CHECK enum err bureau_chain(struct sql *db, struct arena *arena, const char *region_code,
    struct bureau_chain *ret);

#endif
