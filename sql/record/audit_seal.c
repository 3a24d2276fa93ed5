#include "sql/record/audit_seal.h"

enum err
audit_seal_add(struct sql_tx *tx, const struct audit_seal *s)
{
	return sql_exec(tx,
	    "INSERT INTO audit_seal (id, made_at, row_count, heads, previous, signature)"
	    " VALUES (?, ?, ?, ?, ?, ?)",
	    ARGS(V(s->id), V(s->made_at), V(s->row_count), V(s->heads), V(s->previous),
		V(s->signature)),
	    NULL);
}

enum err
audit_newer(struct sql *db, struct arena *arena, int64_t at, int64_t *ret)
{
	return sql_number(db, arena,
	    "SELECT COALESCE(MIN(created_at), 0) FROM audit WHERE created_at > ?", ARGS(V(at)),
	    ret);
}

enum err
audit_seal_last(struct sql *db, struct arena *arena, struct audit_seal *ret)
{
	return sql_one(db, arena, "SELECT {} FROM audit_seal a ORDER BY id DESC LIMIT 1", NO_ARGS,
	    audit_seal_shape(), ret);
}

enum err
audit_seal_get(struct sql *db, struct arena *arena, int64_t id, struct audit_seal *ret)
{
	return sql_one(db, arena, "SELECT {} FROM audit_seal a WHERE id = ?", ARGS(V(id)),
	    audit_seal_shape(), ret);
}

enum err
audit_seals(struct sql *db, struct arena *arena, int64_t after, int64_t limit,
    const struct audit_seal **ret, size_t *ret_count)
{
	return sql_all(db, arena, "SELECT {} FROM audit_seal a WHERE id > ? ORDER BY id LIMIT ?",
	    ARGS(V(after), V(limit)), audit_seal_shape(), ret, ret_count);
}
