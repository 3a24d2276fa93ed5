#include "sql/application/opinion_template.h"

enum err
opinion_templates(struct sql *db, struct arena *arena, int64_t bureau_id,
    const struct opinion_template **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM opinion_template o WHERE bureau_id = ? OR national = 1"
	    " ORDER BY bureau_id <> ?, title, id LIMIT 400",
	    ARGS(V(bureau_id), V(bureau_id)), opinion_template_shape(), ret, ret_count);
}

enum err
opinion_template_add(struct sql_tx *tx, const struct opinion_template *t, int64_t *ret_id)
{
	return sql_insert(tx,
	    "INSERT INTO opinion_template (bureau_id, national, event, title, text, updated_at)"
	    " VALUES (?, ?, ?, ?, ?, ?)",
	    ARGS(V(t->bureau_id), V(t->national), V(t->event), V(t->title), V(t->text),
		V(t->updated_at)),
	    ret_id);
}

enum err
opinion_template_change(struct sql_tx *tx, const struct opinion_template *t)
{
	/* the time changes in any case, so that a row left as it was counts as found */
	return sql_exec_one(tx,
	    "UPDATE opinion_template SET national = ?, event = ?, title = ?, text = ?,"
	    " updated_at = GREATEST(updated_at + 1, ?) WHERE id = ? AND bureau_id = ?",
	    ARGS(V(t->national), V(t->event), V(t->title), V(t->text), V(t->updated_at), V(t->id),
		V(t->bureau_id)),
	    ERR_NOT_FOUND);
}

enum err
opinion_template_delete(struct sql_tx *tx, int64_t bureau_id, int64_t id)
{
	return sql_exec_one(tx, "DELETE FROM opinion_template WHERE id = ? AND bureau_id = ?",
	    ARGS(V(id), V(bureau_id)), ERR_NOT_FOUND);
}
