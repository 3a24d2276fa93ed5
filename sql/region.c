#include "sql/region.h"

#include "handlers/rules/region.h"

static const struct sql_column columns[] = {
	COLUMN(struct region, code),
	COLUMN(struct region, name),
	COLUMN(struct region, level),
	COLUMN(struct region, kind),
	COLUMN(struct region, leaf),
	COLUMN(struct region, upper),
};
static const struct sql_shape shape = SHAPE(struct region, columns);

enum err
region_list(struct sql *db, struct arena *arena, const char *parent, const struct region **ret,
    size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT r.code, r.name, r.level, r.kind,"
	    " NOT EXISTS (SELECT 1 FROM region c WHERE c.parent = r.code), ''"
	    " FROM region r WHERE r.parent = ? AND r.active = 1 ORDER BY r.position LIMIT 400",
	    ARGS(V(parent)), &shape, ret, ret_count);
}

enum err
region_get(struct sql *db, struct arena *arena, const char *code, struct region *ret)
{
	return sql_one(db, arena,
	    "SELECT r.code, r.name, r.level, r.kind,"
	    " NOT EXISTS (SELECT 1 FROM region c WHERE c.parent = r.code),"
	    " CONCAT(IF(g.level > ? AND g.kind <> ?, g.name, ''),"
	    " IF(p.level > ? AND p.kind <> ?, p.name, ''))"
	    " FROM region r LEFT JOIN region p ON p.code = r.parent"
	    " LEFT JOIN region g ON g.code = p.parent WHERE r.code = ?",
	    ARGS(V((int)REGION_NATION), V((int)REGION_PLACEHOLDER), V((int)REGION_NATION),
		V((int)REGION_PLACEHOLDER), V(code)),
	    &shape, ret);
}

enum err
region_full_name(struct sql *db, struct arena *arena, const char *code, const char **ret)
{
	struct region r = { 0 };
	enum err e = region_get(db, arena, code, &r);

	if (e == ERR_NOT_FOUND) {
		*ret = code;
		return ERR_OK;
	}
	TRY(e);
	*ret = arena_printf(arena, "%s%s", r.upper, r.name);
	return ERR_OK;
}
