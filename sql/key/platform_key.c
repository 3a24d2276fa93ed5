#include "sql/key/platform_key.h"

static const struct sql_column columns[] = {
	COLUMN(struct platform_key, public_key),
	COLUMN(struct platform_key, private_sealed),
};
static const struct sql_shape shape = SHAPE(struct platform_key, columns);

enum err
platform_key_get(struct sql *db, struct arena *arena, const char *purpose, struct platform_key *ret)
{
	return sql_one(db, arena,
	    "SELECT public_key, private_sealed FROM platform_key WHERE purpose = ?"
	    " ORDER BY id DESC LIMIT 1",
	    ARGS(V(purpose)), &shape, ret);
}

enum err
platform_key_add(struct sql_tx *tx, const char *purpose, const struct platform_key *key,
    int64_t now)
{
	return sql_exec(tx,
	    "INSERT INTO platform_key (purpose, public_key, private_sealed, created_at)"
	    " VALUES (?, ?, ?, ?)",
	    ARGS(V(purpose), V(key->public_key), V(key->private_sealed), V(now)), NULL);
}
