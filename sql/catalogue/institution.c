#include "sql/catalogue/institution.h"

enum err
institution_get(struct sql *db, struct arena *arena, int64_t id, struct institution *ret)
{
	return sql_one(db, arena, "SELECT {} FROM institution i WHERE id = ?", ARGS(V(id)),
	    institution_shape(), ret);
}

enum err
institution_by_uscc(struct sql *db, struct arena *arena, const char *uscc,
    const struct institution **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM institution i WHERE uscc = ? AND active = 1"
	    " ORDER BY code, region_code LIMIT ?",
	    ARGS(V(uscc), V(INSTITUTIONS_MAX)), institution_shape(), ret, ret_count);
}

enum err
institution_of_unit(struct sql *db, struct arena *arena, int64_t id, int64_t unit_id,
    struct institution *ret)
{
	return sql_one(db, arena,
	    "SELECT {} FROM institution i JOIN unit u ON u.uscc = i.uscc AND u.released = 0"
	    " WHERE i.id = ? AND u.id = ? AND i.active = 1",
	    ARGS(V(id), V(unit_id)), institution_shape(), ret);
}
