#include "sql/catalogue/bureau.h"

#include "handlers/rules/procedure/region.h"

enum err
bureau_get(struct sql *db, struct arena *arena, int64_t id, struct bureau *ret)
{
	return sql_one(db, arena, "SELECT {} FROM bureau b WHERE id = ?", ARGS(V(id)),
	    bureau_shape(), ret);
}

enum err
bureau_by_region(struct sql *db, struct arena *arena, const char *region_code, struct bureau *ret)
{
	return sql_one(db, arena, "SELECT {} FROM bureau b WHERE region_code = ?",
	    ARGS(V(region_code)), bureau_shape(), ret);
}

static enum err
by_prefix(struct sql *db, struct arena *arena, const char *prefix, struct bureau *ret)
{
	char code[REGION_SIZE];

	region_of_prefix(prefix, code);
	return bureau_by_region(db, arena, code, ret);
}

enum err
bureau_above(struct sql *db, struct arena *arena, const struct bureau *of, struct bureau *ret)
{
	char province[REGION_SIZE] = { of->prefix[0], of->prefix[0] ? of->prefix[1] : '\0' };

	return by_prefix(db, arena, province, ret);
}

enum err
bureau_below(struct sql *db, struct arena *arena, unsigned level, const char *prefix,
    const struct bureau_below **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM bureau b LEFT JOIN region r ON r.code = b.region_code"
	    " WHERE b.level = ? AND b.prefix LIKE CONCAT(?, '%') ORDER BY b.region_code"
	    " LIMIT 1000",
	    ARGS(V(level), V(prefix)), bureau_below_shape(), ret, ret_count);
}

enum err
bureau_chain(struct sql *db, struct arena *arena, const char *region_code, struct bureau_chain *ret)
{
	struct region_chain prefixes;
	struct bureau_chain chain = { 0 };

	if (!region_chain(region_code, &prefixes))
		return ERR_NOT_FOUND;
	TRY(by_prefix(db, arena, prefixes.local, &chain.local));
	TRY(by_prefix(db, arena, prefixes.province, &chain.province));
	TRY(by_prefix(db, arena, "", &chain.nation));
	*ret = chain;
	return ERR_OK;
}
