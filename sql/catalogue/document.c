#include "sql/catalogue/document.h"

static const struct sql_column columns[] = {
	COLUMN(struct document_version, name),
	COLUMN(struct document_version, number),
	COLUMN(struct document_version, file),
	COLUMN(struct document_version, type),
	COLUMN(struct document_version, digest),
	COLUMN(struct document_version, size),
	COLUMN(struct document_version, created_at),
};
static const struct sql_shape shape = SHAPE(struct document_version, columns);

#define SELECT "SELECT name, number, file, type, digest, size, created_at FROM document"

struct number {
	int64_t value;
};
static const struct sql_column number_columns[] = { COLUMN(struct number, value) };
static const struct sql_shape number_shape = SHAPE(struct number, number_columns);

enum err
document_newest(struct sql *db, struct arena *arena, const char *name, struct document_version *ret)
{
	return sql_one(db, arena, SELECT " WHERE name = ? ORDER BY number DESC LIMIT 1",
	    ARGS(V(name)), &shape, ret);
}

enum err
document_versions(struct sql *db, struct arena *arena, const char *name, int64_t limit,
    const struct document_version **ret, size_t *ret_count)
{
	return sql_all(db, arena, SELECT " WHERE name = ? ORDER BY number DESC LIMIT ?",
	    ARGS(V(name), V(limit)), &shape, ret, ret_count);
}

enum err
document_add(struct sql_tx *tx, struct arena *arena, const struct document_version *v,
    int64_t *ret_number)
{
	struct number last = { 0 };

	TRY(sql_one(tx->db, arena, "SELECT COALESCE(MAX(number), 0) FROM document WHERE name = ?",
	    ARGS(V(v->name)), &number_shape, &last));
	*ret_number = last.value + 1;
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
	struct number found = { 0 };

	TRY(sql_one(db, arena, "SELECT EXISTS (SELECT 1 FROM document WHERE digest = ?)",
	    ARGS(V(digest)), &number_shape, &found));
	*ret = found.value != 0;
	return ERR_OK;
}
