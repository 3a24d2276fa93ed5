#include "sql/account/staff_request.h"

#include "handlers/rules/table/kinds.h"

enum err
staff_request_add(struct sql_tx *tx, const struct staff_request *r, int64_t *ret_id)
{
	return sql_insert(tx,
	    "INSERT INTO staff_request (kind, state, waiting_for, staff_id, account, name,"
	    " bureau_id, role, scope, may_download, version, phone_sealed, id_sealed, reason,"
	    " asked_by, asked_at, until)"
	    " VALUES (?, ?, ?, NULLIF(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	    ARGS(V(r->kind), V(STAFF_REQUEST_WAITING), V(r->account), V(r->staff_id), V(r->account),
		V(r->name), V(r->bureau_id), V(r->role), V(r->scope), V(r->may_download),
		V(r->version), V(r->phone_sealed), V(r->id_sealed), V(r->reason), V(r->asked_by),
		V(r->asked_at), V(r->until)),
	    ret_id);
}

enum err
staff_request_get(struct sql *db, struct arena *arena, int64_t id, struct staff_request *ret)
{
	return sql_one(db, arena, "SELECT {} FROM staff_request r WHERE id = ?", ARGS(V(id)),
	    staff_request_shape(), ret);
}

enum err
staff_request_lock(struct sql_tx *tx, struct arena *arena, int64_t id, struct staff_request *ret)
{
	return sql_one(tx->db, arena, "SELECT {} FROM staff_request r WHERE id = ? FOR UPDATE",
	    ARGS(V(id)), staff_request_shape(), ret);
}

enum err
staff_request_settle(struct sql_tx *tx, int64_t id, unsigned state, int64_t by, int64_t now,
    const char *note)
{
	return sql_exec_one(tx,
	    "UPDATE staff_request SET state = ?, waiting_for = NULL, decided_by = ?,"
	    " decided_at = ?, note = ? WHERE id = ? AND state = ?",
	    ARGS(V(state), V(by), V(now), V(note), V(id), V(STAFF_REQUEST_WAITING)), ERR_CONFLICT);
}

enum err
staff_request_lapse(struct sql_tx *tx, int64_t now)
{
	return sql_exec(tx,
	    "UPDATE staff_request SET state = ?, waiting_for = NULL WHERE state = ? AND until <= ?",
	    ARGS(V(STAFF_REQUEST_LAPSED), V(STAFF_REQUEST_WAITING), V(now)), NULL);
}

enum err
staff_request_waiting(struct sql *db, struct arena *arena, int64_t staff_id, int64_t now,
    int64_t *ret)
{
	return sql_number(db, arena,
	    "SELECT COUNT(*) FROM staff_request"
	    " WHERE state = ? AND until > ? AND asked_by <> ? AND COALESCE(staff_id, 0) <> ?",
	    ARGS(V(STAFF_REQUEST_WAITING), V(now), V(staff_id), V(staff_id)), ret);
}

#define LIST(where, order)                                                                         \
	"SELECT {} FROM staff_request r JOIN bureau b ON b.id = r.bureau_id"                       \
	" LEFT JOIN staff a ON a.id = r.asked_by LEFT JOIN staff d ON d.id = r.decided_by"         \
	" LEFT JOIN staff s ON s.id = r.staff_id LEFT JOIN bureau sb ON sb.id = s.bureau_id"       \
	" WHERE " where " ORDER BY r.id " order " LIMIT ?"

enum err
staff_request_list(struct sql *db, struct arena *arena, bool waiting, int64_t now, int64_t after,
    int64_t limit, const struct staff_request_item **ret, size_t *ret_count)
{
	if (waiting)
		return sql_all(db, arena, LIST("r.state = ? AND r.until > ? AND r.id > ?", "ASC"),
		    ARGS(V(STAFF_REQUEST_WAITING), V(now), V(after), V(limit)),
		    staff_request_item_shape(), ret, ret_count);
	return sql_all(db, arena, LIST("(r.state <> ? OR r.until <= ?) AND r.id < ?", "DESC"),
	    ARGS(V(STAFF_REQUEST_WAITING), V(now), V(after ? after : INT64_MAX), V(limit)),
	    staff_request_item_shape(), ret, ret_count);
}
