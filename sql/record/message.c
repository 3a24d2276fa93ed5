#include "sql/record/message.h"

enum err
message_add(struct sql_tx *tx, unsigned role, int64_t user_id, const struct message *m)
{
	return sql_exec(tx,
	    "INSERT INTO message (role, user_id, title, text, application, file, created_at)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?)",
	    ARGS(V(role), V(user_id), V(m->title), V(m->text), V(m->application), V(m->file),
		V(m->created_at)),
	    NULL);
}

enum err
message_add_bureau(struct sql_tx *tx, unsigned role, int64_t bureau_id, const char *region_code,
    const struct message *m)
{
	return sql_exec(tx,
	    "INSERT INTO message (role, user_id, title, text, application, created_at)"
	    " SELECT role, id, ?, ?, ?, ? FROM staff"
	    " WHERE bureau_id = ? AND role = ? AND disabled = 0"
	    " AND (? IS NULL OR ? LIKE CONCAT(scope, '%'))",
	    ARGS(V(m->title), V(m->text), V(m->application), V(m->created_at), V(bureau_id),
		V(role), V(region_code), V(region_code)),
	    NULL);
}

enum err
message_add_operators(struct sql_tx *tx, unsigned role, int64_t unit_id, const struct message *m)
{
	return sql_exec(tx,
	    "INSERT INTO message (role, user_id, title, text, application, created_at)"
	    " SELECT ?, operator_id, ?, ?, ?, ? FROM unit_operator WHERE unit_id = ?",
	    ARGS(V(role), V(m->title), V(m->text), V(m->application), V(m->created_at), V(unit_id)),
	    NULL);
}

enum err
message_list(struct sql *db, struct arena *arena, unsigned role, int64_t user_id, int64_t before,
    int64_t limit, const struct message **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM message m WHERE role = ? AND user_id = ? AND id < ? ORDER BY id DESC"
	    " LIMIT ?",
	    ARGS(V(role), V(user_id), V(before > 0 ? before : INT64_MAX), V(limit)),
	    message_shape(), ret, ret_count);
}

enum err
message_unread(struct sql *db, struct arena *arena, unsigned role, int64_t user_id, int64_t *ret)
{
	/* Nobody reads more of the number than "99+", so nobody pays for counting more. */
	return sql_number(db, arena,
	    "SELECT COUNT(*) FROM (SELECT 1 FROM message"
	    " WHERE role = ? AND user_id = ? AND read_at IS NULL LIMIT 100) AS unread",
	    ARGS(V(role), V(user_id)), ret);
}

enum err
message_read(struct sql_tx *tx, unsigned role, int64_t user_id, int64_t id, int64_t now)
{
	if (id == 0)
		return sql_exec(tx,
		    "UPDATE message SET read_at = ?"
		    " WHERE role = ? AND user_id = ? AND read_at IS NULL",
		    ARGS(V(now), V(role), V(user_id)), NULL);
	return sql_exec(tx,
	    "UPDATE message SET read_at = ?"
	    " WHERE id = ? AND role = ? AND user_id = ? AND read_at IS NULL",
	    ARGS(V(now), V(id), V(role), V(user_id)), NULL);
}
