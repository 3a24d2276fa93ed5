#include "sql/catalogue/region.h"

#include "handlers/rules/procedure/region.h"

enum err
region_list(struct sql *db, struct arena *arena, const char *parent, const struct region **ret,
    size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM region r WHERE r.parent = ? AND r.active = 1 ORDER BY r.position"
	    " LIMIT 400",
	    ARGS(V(parent)), region_shape(), ret, ret_count);
}

/* Of r, its parent p and p's parent g: what stands before its name. */
#define UPPER                                                                                      \
	"CONCAT(IF(g.level > ? AND g.kind <> ?, g.name, ''),"                                      \
	" IF(p.level > ? AND p.kind <> ?, p.name, ''))"
#define UPPER_ARGS                                                                                 \
	V((int)REGION_NATION), V((int)REGION_PLACEHOLDER), V((int)REGION_NATION),                  \
	    V((int)REGION_PLACEHOLDER)
#define UPPER_JOINS                                                                                \
	" LEFT JOIN region p ON p.code = r.parent LEFT JOIN region g ON g.code = p.parent"

#define REGION_PLACED_COLUMNS(C, E) REGION_LIST(C, E, UPPER)
SQL_SHAPE(region_placed, region, REGION_PLACED_COLUMNS)

enum err
region_get(struct sql *db, struct arena *arena, const char *code, struct region *ret)
{
	return sql_one(db, arena, "SELECT {} FROM region r" UPPER_JOINS " WHERE r.code = ?",
	    ARGS(UPPER_ARGS, V(code)), region_placed_shape(), ret);
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

#define FULL_COLUMNS(C, E)                                                                         \
	C(TEXT, w, code) /* NULL: no such region */                                                \
	E(TEXT, upper, UPPER)                                                                      \
	C(TEXT, r, name)
SQL_ROW(full, FULL_COLUMNS)

enum err
region_full_names(struct sql *db, struct arena *arena, const char *const codes[], size_t count,
    const char *ret[])
{
	const char *asked = "";
	const struct full *rows;
	size_t found;

	for (size_t i = 0; i < count; i++)
		asked = arena_printf(arena, "%s%s\"%s\"", asked, i ? "," : "", codes[i]);
	TRY(sql_all(db, arena,
	    "SELECT {}"
	    " FROM JSON_TABLE(?, '$[*]' COLUMNS (place FOR ORDINALITY, code CHAR(6) PATH '$')) w"
	    " LEFT JOIN region r ON r.code = w.code" UPPER_JOINS " ORDER BY w.place",
	    ARGS(UPPER_ARGS, V(arena_printf(arena, "[%s]", asked))), full_shape(), &rows, &found));
	if (found != count)
		return ERR_INTERNAL;
	for (size_t i = 0; i < count; i++)
		ret[i] = rows[i].name ? arena_printf(arena, "%s%s", rows[i].upper, rows[i].name)
				      : codes[i];
	return ERR_OK;
}
