#include "sql/account/staff.h"

#include "sql/db/like.h"

enum err
staff_get(struct sql *db, struct arena *arena, int64_t id, struct staff *ret)
{
	return sql_one(db, arena, "SELECT {} FROM staff s WHERE id = ?", ARGS(V(id)), staff_shape(),
	    ret);
}

enum err
staff_by_account(struct sql *db, struct arena *arena, const char *account, struct staff *ret)
{
	return sql_one(db, arena, "SELECT {} FROM staff s WHERE account = ?", ARGS(V(account)),
	    staff_shape(), ret);
}

enum err
staff_of_bureau(struct sql *db, struct arena *arena, int64_t bureau_id, const struct staff **ret,
    size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM staff s WHERE bureau_id = ? AND disabled = 0 ORDER BY id LIMIT 500",
	    ARGS(V(bureau_id)), staff_shape(), ret, ret_count);
}

enum err
staff_put(struct sql_tx *tx, const struct staff *s)
{
	return sql_exec_one(tx,
	    "UPDATE staff SET name = ?, phone_sealed = ?, id_sealed = ?, id_index = ?,"
	    " password = ?, password_at = ?, password_until = NULLIF(?, 0),"
	    " password_seq = password_seq + 1, bureau_id = ?, scope = '', role = ?,"
	    " may_download = ?, must_change = ?, disabled = 0, version = version + 1"
	    " WHERE id = ?",
	    ARGS(V(s->name), V(s->phone_sealed), V(s->id_sealed), V(s->id_index), V(s->password),
		V(s->password_at), V(s->password_until), V(s->bureau_id), V(s->role),
		V(s->may_download), V(s->must_change), V(s->id)),
	    ERR_NOT_FOUND);
}

enum err
staff_add_row(struct sql_tx *tx, const struct staff *s, int64_t *ret_id)
{
	return sql_insert(tx,
	    "INSERT INTO staff (account, name, phone_sealed, id_sealed, id_index, password,"
	    " password_at, password_until, bureau_id, role, scope, may_download, must_change,"
	    " disabled, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, NULLIF(?, 0), ?, ?, ?, ?, ?, 0, ?)",
	    ARGS(V(s->account), V(s->name), V(s->phone_sealed), V(s->id_sealed), V(s->id_index),
		V(s->password), V(s->password_at), V(s->password_until), V(s->bureau_id),
		V(s->role), V(s->scope), V(s->may_download), V(s->must_change), V(s->created_at)),
	    ret_id);
}

enum err
staff_update(struct sql_tx *tx, const struct staff *s)
{
	return sql_exec_one(tx,
	    "UPDATE staff SET name = ?, bureau_id = ?, role = ?, scope = ?, may_download = ?,"
	    " phone_sealed = ?, version = version + 1, password_seq = password_seq + 1"
	    " WHERE id = ? AND version = ?",
	    ARGS(V(s->name), V(s->bureau_id), V(s->role), V(s->scope), V(s->may_download),
		V(s->phone_sealed), V(s->id), V(s->version)),
	    ERR_CONFLICT);
}

enum err
staff_set_initial(struct sql_tx *tx, int64_t id, const char *password, int64_t now, int64_t until)
{
	return sql_exec(tx,
	    "UPDATE staff SET password = ?, password_at = ?, password_until = ?,"
	    " password_seq = password_seq + 1, must_change = 1 WHERE id = ?",
	    ARGS(V(password), V(now), V(until), V(id)), NULL);
}

enum err
staff_set_password(struct sql_tx *tx, int64_t id, const char *password, int64_t now)
{
	return sql_exec(tx,
	    "UPDATE staff SET password = ?, password_at = ?, password_until = NULL,"
	    " password_seq = password_seq + 1, must_change = 0 WHERE id = ?",
	    ARGS(V(password), V(now), V(id)), NULL);
}

enum err
staff_person_holds(struct sql_tx *tx, struct arena *arena, const char *index, const char *also,
    const struct staff *s, bool *ret)
{
	return sql_exists(tx->db, arena,
	    "SELECT 1 FROM staff WHERE id_index IN (?, ?) AND id <> ? AND disabled = 0"
	    " AND (role <> ? OR bureau_id = ?) LIMIT 1 FOR UPDATE",
	    ARGS(V(index), V(also ? also : index), V(s->id), V(s->role), V(s->bureau_id)), ret);
}

enum err
staff_set_totp(struct sql_tx *tx, int64_t id, const char *sealed)
{
	return sql_exec(tx,
	    "UPDATE staff SET totp_sealed = ?, password_seq = password_seq + IF(?, 0, 1)"
	    " WHERE id = ?",
	    ARGS(V(sealed), V((bool)(sealed != NULL)), V(id)), NULL);
}

enum err
staff_use_totp(struct sql_tx *tx, int64_t id, int64_t step)
{
	return sql_exec_one(tx, "UPDATE staff SET totp_step = ? WHERE id = ? AND totp_step < ?",
	    ARGS(V(step), V(id), V(step)), ERR_CONFLICT);
}

enum err
staff_has_other(struct sql_tx *tx, struct arena *arena, unsigned role, int64_t id, bool *ret)
{
	const int64_t *list;
	size_t count;

	TRY(sql_numbers(tx->db, arena,
	    "SELECT id FROM staff WHERE role = ? AND disabled = 0 ORDER BY id FOR UPDATE",
	    ARGS(V(role)), &list, &count));
	*ret = false;
	for (size_t i = 0; i < count; i++)
		*ret = *ret || list[i] != id;
	return ERR_OK;
}

enum err
staff_set_disabled(struct sql_tx *tx, int64_t id, bool disabled)
{
	return sql_exec(tx,
	    "UPDATE staff SET disabled = ?, password_seq = password_seq + 1 WHERE id = ?",
	    ARGS(V(disabled), V(id)), NULL);
}

/* ---- the list ------------------------------------------------------------- */

/* Ten thousand rows at most: whoever is not asked for is passed over. */
enum err
staff_list(struct sql *db, struct arena *arena, const struct staff_filter *f, int64_t after,
    int64_t limit, const struct staff_item **ret, size_t *ret_count)
{
	const char *search = sql_beginning(arena, f->search),
		   *region = sql_beginning(arena, f->region);

	return sql_all(db, arena,
	    "SELECT {} FROM staff s JOIN bureau b ON b.id = s.bureau_id"
	    " LEFT JOIN last_login l ON l.role = s.role AND l.user_id = s.id WHERE s.id > ?"
	    " AND (? IS NULL OR s.account LIKE ? OR " SQL_BEGINS("s.name",
		"?") ")"
		     " AND (? IS NULL OR b.region_code LIKE ?) AND (? = 0 OR s.role = ?)"
		     " AND (? < 0 OR s.disabled = ?) ORDER BY s.id LIMIT ?",
	    ARGS(V(after), V(search), V(search), V(f->search), V(f->search), V(region), V(region),
		V(f->role), V(f->role), V(f->disabled), V(f->disabled), V(limit)),
	    staff_item_shape(), ret, ret_count);
}
