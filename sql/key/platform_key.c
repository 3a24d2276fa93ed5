#include "sql/key/platform_key.h"

enum err
platform_key_get(struct sql *db, struct arena *arena, const char *purpose, struct platform_key *ret)
{
	return sql_one(db, arena,
	    "SELECT {} FROM platform_key p WHERE purpose = ? ORDER BY id DESC LIMIT 1",
	    ARGS(V(purpose)), platform_key_shape(), ret);
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
