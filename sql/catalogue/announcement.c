#include "sql/catalogue/announcement.h"

enum err
announcement_current(struct sql *db, struct arena *arena, int64_t now,
    const struct announcement **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM announcement a WHERE active = 1 AND ends >= ? AND starts <= ?"
	    " ORDER BY starts DESC, id DESC LIMIT 20",
	    ARGS(V(now), V(now)), announcement_shape(), ret, ret_count);
}
