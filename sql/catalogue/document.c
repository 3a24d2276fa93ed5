#include "sql/catalogue/document.h"

enum err
document_newest(struct sql *db, struct arena *arena, const char *name, struct document_version *ret)
{
	return sql_one(db, arena,
	    "SELECT {} FROM document d WHERE name = ? ORDER BY number DESC LIMIT 1", ARGS(V(name)),
	    document_version_shape(), ret);
}

enum err
document_versions(struct sql *db, struct arena *arena, const char *name, int64_t limit,
    const struct document_version **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM document d WHERE name = ? ORDER BY number DESC LIMIT ?",
	    ARGS(V(name), V(limit)), document_version_shape(), ret, ret_count);
}

enum err
document_add(struct sql_tx *tx, struct arena *arena, const struct document_version *v,
    int64_t *ret_number)
{
	TRY(sql_number(tx->db, arena,
	    "SELECT COALESCE(MAX(number), 0) + 1 FROM document WHERE name = ?", ARGS(V(v->name)),
	    ret_number));
	return sql_exec(tx,
	    "INSERT INTO document (name, number, file, type, digest, size, created_at)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?)",
	    ARGS(V(v->name), V(*ret_number), V(v->file), V(v->type), V(v->digest), V(v->size),
		V(v->created_at)),
	    NULL);
}

enum err
document_keeps(struct sql *db, struct arena *arena, const char *digest, bool *ret)
{
	return sql_exists(db, arena, "SELECT 1 FROM document WHERE digest = ? LIMIT 1",
	    ARGS(V(digest)), ret);
}
