#include "sql/catalogue/announcement.h"

static const struct sql_column columns[] = {
	COLUMN(struct announcement, id),
	COLUMN(struct announcement, title),
	COLUMN(struct announcement, body),
	COLUMN(struct announcement, starts),
};
static const struct sql_shape shape = SHAPE(struct announcement, columns);

enum err
announcement_current(struct sql *db, struct arena *arena, int64_t now,
    const struct announcement **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT id, title, body, starts FROM announcement"
	    " WHERE active = 1 AND ends >= ? AND starts <= ? ORDER BY starts DESC, id DESC LIMIT "
	    "20",
	    ARGS(V(now), V(now)), &shape, ret, ret_count);
}
