#include "sql/catalogue/official_channel.h"

enum err
official_channel_list(struct sql *db, struct arena *arena, const char *channel,
    const struct official_channel **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM official_channel o WHERE active = 1 AND (? IS NULL OR channel = ?)"
	    " ORDER BY id LIMIT 500",
	    ARGS(V(channel), V(channel)), official_channel_shape(), ret, ret_count);
}

enum err
official_channel_get(struct sql *db, struct arena *arena, int64_t id, struct official_channel *ret)
{
	return sql_one(db, arena, "SELECT {} FROM official_channel o WHERE id = ?", ARGS(V(id)),
	    official_channel_shape(), ret);
}
