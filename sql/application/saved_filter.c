#include "sql/application/saved_filter.h"

enum err
saved_filters(struct sql *db, struct arena *arena, int64_t staff_id,
    const struct saved_filter **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM saved_filter s WHERE staff_id = ? ORDER BY name LIMIT 100",
	    ARGS(V(staff_id)), saved_filter_shape(), ret, ret_count);
}

enum err
saved_filter_put(struct sql_tx *tx, int64_t staff_id, const struct saved_filter *f, int64_t *ret_id)
{
	return sql_insert(tx,
	    "INSERT INTO saved_filter (staff_id, name, query) VALUES (?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE query = VALUES(query), id = LAST_INSERT_ID(id)",
	    ARGS(V(staff_id), V(f->name), V(f->query)), ret_id);
}

enum err
saved_filter_delete(struct sql_tx *tx, int64_t staff_id, int64_t id)
{
	return sql_exec_one(tx, "DELETE FROM saved_filter WHERE id = ? AND staff_id = ?",
	    ARGS(V(id), V(staff_id)), ERR_NOT_FOUND);
}
