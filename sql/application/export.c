#include "sql/application/export.h"

enum err
export_insert(struct sql_tx *tx, const struct export *e, int64_t *ret_id)
{
	return sql_insert(tx,
	    "INSERT INTO export (code, role, user_id, unit_id, institution_id, status,"
	    " business_type, format, running, created_at, expires_at)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, CONCAT_WS('/', ?, ?, ?, ?, ?, ?, ?), ?, ?)",
	    ARGS(V(e->code), V(e->role), V(e->user_id), V(e->unit_id), V(e->institution_id),
		V(e->status), V(e->business_type), V(e->format), V(e->role), V(e->user_id),
		V(e->unit_id), V(e->institution_id), V(e->status), V(e->format),
		V(e->business_type), V(e->created_at), V(e->expires_at)),
	    ret_id);
}

enum err
export_get(struct sql *db, struct arena *arena, int64_t id, struct export *ret)
{
	return sql_one(db, arena, "SELECT {} FROM export e WHERE id = ?", ARGS(V(id)),
	    export_shape(), ret);
}

enum err
export_by_code(struct sql *db, struct arena *arena, const char *code, struct export *ret)
{
	return sql_one(db, arena, "SELECT {} FROM export e WHERE code = ?", ARGS(V(code)),
	    export_shape(), ret);
}

enum err
export_ready(struct sql_tx *tx, int64_t id, int64_t size)
{
	return sql_exec(tx, "UPDATE export SET size = ?, running = NULL WHERE id = ?",
	    ARGS(V(size), V(id)), NULL);
}

enum err
export_delete(struct sql_tx *tx, int64_t id)
{
	return sql_exec(tx, "DELETE FROM export WHERE id = ?", ARGS(V(id)), NULL);
}

enum err
export_purge(struct sql_tx *tx, int64_t now, int64_t limit)
{
	return sql_exec(tx, "DELETE FROM export WHERE expires_at < ? ORDER BY expires_at LIMIT ?",
	    ARGS(V(now), V(limit)), NULL);
}
