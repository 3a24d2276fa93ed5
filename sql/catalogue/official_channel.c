#include "sql/catalogue/official_channel.h"

static const struct sql_column columns[] = {
	COLUMN(struct official_channel, id),
	COLUMN(struct official_channel, name),
	COLUMN(struct official_channel, channel),
	COLUMN(struct official_channel, active),
};
static const struct sql_shape shape = SHAPE(struct official_channel, columns);

enum err
official_channel_list(struct sql *db, struct arena *arena, const char *channel,
    const struct official_channel **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT id, name, channel, active FROM official_channel"
	    " WHERE active = 1 AND (? IS NULL OR channel = ?) ORDER BY id LIMIT 500",
	    ARGS(V(channel), V(channel)), &shape, ret, ret_count);
}

enum err
official_channel_get(struct sql *db, struct arena *arena, int64_t id, struct official_channel *ret)
{
	return sql_one(db, arena,
	    "SELECT id, name, channel, active FROM official_channel WHERE id = ?", ARGS(V(id)),
	    &shape, ret);
}
