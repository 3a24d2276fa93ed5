#include "sql/channel_key.h"

static const struct sql_column columns[] = {
	COLUMN(struct channel_key, public_key),
	COLUMN(struct channel_key, created_at),
};
static const struct sql_shape shape = SHAPE(struct channel_key, columns);

enum err
channel_key_add(struct sql_tx *tx, int64_t application_id, const char *public_key,
    int64_t operator_id, int64_t now)
{
	return sql_exec(tx,
	    "INSERT INTO channel_key (application_id, public_key, operator_id, created_at)"
	    " VALUES (?, ?, ?, ?)",
	    ARGS(V(application_id), V(public_key), V(operator_id), V(now)), NULL);
}

enum err
channel_key_current(struct sql *db, struct arena *arena, int64_t application_id,
    struct channel_key *ret)
{
	return sql_one(db, arena,
	    "SELECT public_key, created_at FROM channel_key WHERE application_id = ?"
	    " ORDER BY id DESC LIMIT 1",
	    ARGS(V(application_id)), &shape, ret);
}

enum err
channel_key_list(struct sql *db, struct arena *arena, int64_t application_id,
    const struct channel_key **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT public_key, created_at FROM channel_key WHERE application_id = ?"
	    " ORDER BY id DESC LIMIT 20",
	    ARGS(V(application_id)), &shape, ret, ret_count);
}
