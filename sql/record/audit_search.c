#include "sql/record/audit_search.h"

#include "handlers/rules/table/kinds.h"
#include "sql/record/job.h"

static const struct sql_column columns[] = {
	COLUMN(struct audit_item, id),
	COLUMN(struct audit_item, at),
	COLUMN(struct audit_item, role),
	COLUMN(struct audit_item, user_id),
	COLUMN(struct audit_item, account),
	COLUMN(struct audit_item, name),
	COLUMN(struct audit_item, address),
	COLUMN(struct audit_item, deed),
	COLUMN(struct audit_item, object),
	COLUMN(struct audit_item, detail),
};
static const struct sql_shape shape = SHAPE(struct audit_item, columns);

/* `index` is by what `where` asks first; the rest of the filter is judged row by row. */
#define LIST(index, where)                                                                         \
	"SELECT a.id, a.created_at, a.role, a.user_id, COALESCE(s.account, u.account),"            \
	" COALESCE(s.name, u.name, o.name), a.address, a.deed, a.object, a.detail"                 \
	" FROM audit a FORCE INDEX (" index ")"                                                    \
	" LEFT JOIN staff s ON a.role >= ? AND s.id = a.user_id"                                   \
	" LEFT JOIN unit u ON a.role = ? AND u.id = a.user_id"                                     \
	" LEFT JOIN operator o ON a.role = ? AND o.id = a.user_id"                                 \
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
		    ARGS(LIST_ROLES, V(f->object), LIST_ARGS(f)), &shape, ret, ret_count);
	if (f->user_id)
		return sql_all(db, arena, LIST("by_person", "a.user_id = ?"),
		    ARGS(LIST_ROLES, V(f->user_id), LIST_ARGS(f)), &shape, ret, ret_count);
	if (f->address)
		return sql_all(db, arena, LIST("by_address", "a.address = ?"),
		    ARGS(LIST_ROLES, V(f->address), LIST_ARGS(f)), &shape, ret, ret_count);
	return f->deed ? sql_all(db, arena, LIST("by_deed", "a.deed = ?"),
			     ARGS(LIST_ROLES, V(f->deed), LIST_ARGS(f)), &shape, ret, ret_count)
		       : sql_all(db, arena, LIST("by_time", "TRUE"), ARGS(LIST_ROLES, LIST_ARGS(f)),
			     &shape, ret, ret_count);
}

/* ---- checks --------------------------------------------------------------- */

static const struct sql_column check_columns[] = {
	COLUMN(struct audit_check, id),
	COLUMN(struct audit_check, asked_by),
	COLUMN(struct audit_check, rows),
	COLUMN(struct audit_check, sound),
	COLUMN(struct audit_check, fault),
	COLUMN(struct audit_check, chain),
	COLUMN(struct audit_check, seq),
	COLUMN(struct audit_check, started_at),
	COLUMN(struct audit_check, ended_at),
};
static const struct sql_shape check_shape = SHAPE(struct audit_check, check_columns);

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
	return sql_all(db, arena,
	    "SELECT id, asked_by, row_count, sound, fault, chain, seq, started_at, ended_at"
	    " FROM audit_check ORDER BY id DESC LIMIT ?",
	    ARGS(V(limit)), &check_shape, ret, ret_count);
}

enum err
audit_check_runs(struct sql *db, struct arena *arena, bool *ret)
{
	struct found {
		bool runs;
	} found = { 0 };
	static const struct sql_column found_columns[] = { COLUMN(struct found, runs) };
	static const struct sql_shape found_shape = SHAPE(struct found, found_columns);

	TRY(sql_one(db, arena, "SELECT EXISTS (SELECT 1 FROM job WHERE state = ? AND kind = ?)",
	    ARGS(V(JOB_STATE_WAITING), V(job_kind_name(JOB_AUDIT_VERIFY))), &found_shape, &found));
	*ret = found.runs;
	return ERR_OK;
}
