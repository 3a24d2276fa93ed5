#include "sql/sheet.h"

static const struct sql_column columns[] = {
	COLUMN(struct sheet, number),
	COLUMN(struct sheet, environment),
	COLUMN(struct sheet, kind),
	COLUMN(struct sheet, replied_at),
};
static const struct sql_shape shape = SHAPE(struct sheet, columns);

enum err
sheet_insert(struct sql_tx *tx, int64_t application_id, const struct sheet *s, int64_t now)
{
	return sql_exec(tx,
	    "INSERT INTO sheet (number, application_id, environment, kind, replied_at, created_at)"
	    " VALUES (?, ?, ?, ?, ?, ?)",
	    ARGS(V(s->number), V(application_id), V(s->environment), V(s->kind), V(s->replied_at),
		V(now)),
	    NULL);
}

enum err
sheet_list(struct sql *db, struct arena *arena, int64_t application_id, const struct sheet **ret,
    size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT number, environment, kind, replied_at FROM sheet WHERE application_id = ?"
	    " ORDER BY environment, kind LIMIT 8",
	    ARGS(V(application_id)), &shape, ret, ret_count);
}
