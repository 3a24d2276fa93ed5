#include "sql/db/once.h"

enum err
once_get(struct sql *db, struct arena *arena, const char *actor, const char *token,
    struct once *ret)
{
	return sql_one(db, arena, "SELECT {} FROM once o WHERE actor = ? AND token = ?",
	    ARGS(V(actor), V(token)), once_shape(), ret);
}

enum err
once_put(struct sql_tx *tx, const struct once *o, int64_t now)
{
	return sql_exec(tx,
	    "INSERT INTO once (actor, token, route, status, body_sealed, created_at)"
	    " VALUES (?, ?, ?, ?, ?, ?)",
	    ARGS(V(o->actor), V(o->token), V(o->route), V(o->status), V(o->body_sealed), V(now)),
	    NULL);
}

enum err
once_purge(struct sql_tx *tx, int64_t before, int64_t limit)
{
	return sql_exec(tx, "DELETE FROM once WHERE created_at < ? LIMIT ?",
	    ARGS(V(before), V(limit)), NULL);
}
