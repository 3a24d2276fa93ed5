#include "sql/record/audit_search.h"

#include "handlers/rules/table/kinds.h"
#include "sql/record/job.h"

_Static_assert(ROLE_UNIT == 1 && ROLE_OPERATOR == 2 && ROLE_OFFICER == 3, "LIST");

/* `index` is by what `where` asks first; the rest of the filter is judged row by row. */
#define LIST(index, where)                                                                         \
	"SELECT {} FROM audit a FORCE INDEX (" index ")"                                           \
	" LEFT JOIN staff s ON a.role >= 3 AND s.id = a.user_id"                                   \
	" LEFT JOIN unit u ON a.role = 1 AND u.id = a.user_id"                                     \
	" LEFT JOIN operator o ON a.role = 2 AND o.id = a.user_id"                                 \
	" WHERE " where " AND a.created_at >= ? AND a.created_at <= ?"                             \
	" AND (a.created_at < ? OR a.id < ?)"                                                      \
	" AND (? = 0 OR (a.user_id = ? AND a.role BETWEEN ? AND ?))"                               \
	" AND (? IS NULL OR a.object = ?) AND (? IS NULL OR a.address = ?)"                        \
	" AND (? IS NULL OR a.deed = ?) ORDER BY a.created_at DESC, a.id DESC LIMIT ?"
#define LIST_ROLES V(ROLE_OFFICER), V(ROLE_UNIT), V(ROLE_OPERATOR)
#define LIST_ARGS(f)                                                                               \
	V((f)->from), V(until), V(after.at), V(after.id), V((f)->user_id), V((f)->user_id),        \
	    V((f)->first_role), V((f)->last_role), V((f)->object), V((f)->object),                 \
	    V((f)->address), V((f)->address), V((f)->deed), V((f)->deed), V(limit)

enum err
audit_search(struct sql *db, struct arena *arena, const struct audit_filter *f,
    struct audit_place after, int64_t limit, const struct audit_item **ret, size_t *ret_count)
{
	int64_t until = f->until < after.at ? f->until : after.at;

	if (f->object)
		return sql_all(db, arena, LIST("by_object", "a.object = ?"),
		    ARGS(V(f->object), LIST_ARGS(f)), audit_item_shape(), ret, ret_count);
	if (f->user_id)
		return sql_all(db, arena, LIST("by_person", "a.user_id = ?"),
		    ARGS(V(f->user_id), LIST_ARGS(f)), audit_item_shape(), ret, ret_count);
	if (f->address)
		return sql_all(db, arena, LIST("by_address", "a.address = ?"),
		    ARGS(V(f->address), LIST_ARGS(f)), audit_item_shape(), ret, ret_count);
	return f->deed ? sql_all(db, arena, LIST("by_deed", "a.deed = ?"),
			     ARGS(V(f->deed), LIST_ARGS(f)), audit_item_shape(), ret, ret_count)
		       : sql_all(db, arena, LIST("by_time", "TRUE"), ARGS(LIST_ARGS(f)),
			     audit_item_shape(), ret, ret_count);
}

/* ---- checks --------------------------------------------------------------- */

enum err
audit_check_add(struct sql_tx *tx, const struct audit_check *c)
{
	return sql_exec(tx,
	    "INSERT INTO audit_check (asked_by, row_count, sound, fault, chain, seq, started_at,"
	    " ended_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
	    ARGS(V(c->asked_by), V(c->rows), V(c->sound), V(c->fault), V(c->chain), V(c->seq),
		V(c->started_at), V(c->ended_at)),
	    NULL);
}

enum err
audit_checks(struct sql *db, struct arena *arena, int64_t limit, const struct audit_check **ret,
    size_t *ret_count)
{
	return sql_all(db, arena, "SELECT {} FROM audit_check a ORDER BY id DESC LIMIT ?",
	    ARGS(V(limit)), audit_check_shape(), ret, ret_count);
}

enum err
audit_check_runs(struct sql *db, struct arena *arena, bool *ret)
{
	return sql_exists(db, arena, "SELECT 1 FROM job WHERE state = ? AND kind = ? LIMIT 1",
	    ARGS(V(JOB_STATE_WAITING), V(job_kind_name(JOB_AUDIT_VERIFY))), ret);
}
