#include "sql/catalogue/institution.h"

static const struct sql_column columns[] = {
	COLUMN(struct institution, id),
	COLUMN(struct institution, code),
	COLUMN(struct institution, name),
	COLUMN(struct institution, region_code),
	COLUMN(struct institution, uscc),
	COLUMN(struct institution, agreement_start),
	COLUMN(struct institution, agreement_end),
	COLUMN(struct institution, active),
};
static const struct sql_shape shape = SHAPE(struct institution, columns);

enum err
institution_get(struct sql *db, struct arena *arena, int64_t id, struct institution *ret)
{
	return sql_one(db, arena,
	    "SELECT id, code, name, region_code, uscc, agreement_start, agreement_end, active"
	    " FROM institution WHERE id = ?",
	    ARGS(V(id)), &shape, ret);
}

enum err
institution_by_uscc(struct sql *db, struct arena *arena, const char *uscc,
    const struct institution **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT id, code, name, region_code, uscc, agreement_start, agreement_end, active"
	    " FROM institution WHERE uscc = ? AND active = 1 ORDER BY code, region_code LIMIT ?",
	    ARGS(V(uscc), V(INSTITUTIONS_MAX)), &shape, ret, ret_count);
}

enum err
institution_of_unit(struct sql *db, struct arena *arena, int64_t id, int64_t unit_id,
    struct institution *ret)
{
	return sql_one(db, arena,
	    "SELECT i.id, i.code, i.name, i.region_code, i.uscc, i.agreement_start,"
	    " i.agreement_end, i.active FROM institution i JOIN unit u ON u.uscc = i.uscc"
	    " WHERE i.id = ? AND u.id = ? AND i.active = 1",
	    ARGS(V(id), V(unit_id)), &shape, ret);
}
