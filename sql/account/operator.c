#include "sql/account/operator.h"

enum err
operator_get(struct sql *db, struct arena *arena, int64_t id, struct operator* ret)
{
	return sql_one(db, arena, "SELECT {} FROM operator o WHERE id = ?", ARGS(V(id)),
	    operator_shape(), ret);
}

enum err
operator_by_phone(struct sql *db, struct arena *arena, const char *phone_index, const char *also,
    struct operator* ret)
{
	return sql_one(db, arena, "SELECT {} FROM operator o WHERE phone_index IN (?, ?)",
	    ARGS(V(phone_index), V(also ? also : phone_index)), operator_shape(), ret);
}

/*
 * While the key of the index is exchanged, two may stand there under different keys, and the
 * column's uniqueness does not see it. Each looks when its own row stands: the locking read waits
 * for the other's, so one finds the other or the two are a deadlock.
 */
static enum err
stands_under(struct sql_tx *tx, struct arena *arena, const char *index)
{
	struct operator other;
	enum err e =
	    sql_one(tx->db, arena, "SELECT {} FROM operator o WHERE phone_index = ? FOR UPDATE",
		ARGS(V(index)), operator_shape(), &other);

	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	return e == ERR_OK ? ERR_EXISTS : e;
}

enum err
operator_insert(struct sql_tx *tx, struct arena *arena, const struct operator* o, const char *also,
    int64_t *ret_id)
{
	TRY(sql_insert(tx,
	    "INSERT INTO operator (phone_index, phone_sealed, name, id_type, id_sealed, id_start,"
	    " id_end, password, must_change, password_until, created_at)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULLIF(?, 0), ?)",
	    ARGS(V(o->phone_index), V(o->phone_sealed), V(o->name), V(o->id_type), V(o->id_sealed),
		V(o->id_start), V(o->id_end), V(o->password), V(o->must_change),
		V(o->password_until), V(o->created_at)),
	    ret_id));
	return also ? stands_under(tx, arena, also) : ERR_OK;
}

enum err
operator_seal(struct sql_tx *tx, int64_t id, const char *phone_sealed, const char *id_sealed)
{
	return sql_exec(tx, "UPDATE operator SET phone_sealed = ?, id_sealed = ? WHERE id = ?",
	    ARGS(V(phone_sealed), V(id_sealed), V(id)), NULL);
}

enum err
operator_set_password(struct sql_tx *tx, int64_t id, const char *password, int64_t until)
{
	return sql_exec(tx,
	    "UPDATE operator SET password = ?, password_seq = password_seq + 1, must_change = ?,"
	    " password_until = NULLIF(?, 0) WHERE id = ?",
	    ARGS(V(password), V((bool)(until != 0)), V(until), V(id)), NULL);
}

enum err
operator_set_sms_off(struct sql_tx *tx, int64_t id, bool off)
{
	return sql_exec(tx, "UPDATE operator SET sms_off = ? WHERE id = ?", ARGS(V(off), V(id)),
	    NULL);
}

/* ---- bindings ---------------------------------------------------------------- */

enum err
binding_list(struct sql *db, struct arena *arena, int64_t unit_id, const struct binding **ret,
    size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM unit_operator b JOIN operator o ON o.id = b.operator_id"
	    " WHERE b.unit_id = ? ORDER BY b.id LIMIT ?",
	    ARGS(V(unit_id), V(BINDINGS_MAX)), binding_shape(), ret, ret_count);
}

enum err
binding_get(struct sql *db, struct arena *arena, int64_t id, int64_t unit_id, struct binding *ret)
{
	return sql_one(db, arena,
	    "SELECT {} FROM unit_operator b JOIN operator o ON o.id = b.operator_id"
	    " WHERE b.id = ? AND b.unit_id = ?",
	    ARGS(V(id), V(unit_id)), binding_shape(), ret);
}

enum err
binding_find(struct sql *db, struct arena *arena, int64_t unit_id, int64_t operator_id,
    struct binding *ret)
{
	return sql_one(db, arena,
	    "SELECT {} FROM unit_operator b JOIN operator o ON o.id = b.operator_id"
	    " WHERE b.unit_id = ? AND b.operator_id = ?",
	    ARGS(V(unit_id), V(operator_id)), binding_shape(), ret);
}

enum err
binding_count(struct sql *db, struct arena *arena, int64_t unit_id, int64_t *ret)
{
	return sql_number(db, arena, "SELECT COUNT(*) FROM unit_operator WHERE unit_id = ?",
	    ARGS(V(unit_id)), ret);
}

enum err
binding_add(struct sql_tx *tx, int64_t unit_id, int64_t operator_id, int64_t now, int64_t *ret_id)
{
	int64_t id;

	TRY(sql_insert(tx,
	    "INSERT INTO unit_operator (unit_id, operator_id, created_at) VALUES (?, ?, ?)",
	    ARGS(V(unit_id), V(operator_id), V(now)), &id));
	if (ret_id)
		*ret_id = id;
	return ERR_OK;
}

enum err
binding_delete(struct sql_tx *tx, int64_t unit_id, int64_t operator_id)
{
	TRY(sql_exec(tx, "DELETE FROM unit_grant WHERE unit_id = ? AND operator_id = ?",
	    ARGS(V(unit_id), V(operator_id)), NULL));
	return sql_exec_one(tx, "DELETE FROM unit_operator WHERE unit_id = ? AND operator_id = ?",
	    ARGS(V(unit_id), V(operator_id)), ERR_NOT_FOUND);
}

enum err
bound_unit_list(struct sql *db, struct arena *arena, int64_t operator_id,
    const struct bound_unit **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM unit_operator b JOIN unit u ON u.id = b.unit_id"
	    " WHERE b.operator_id = ? ORDER BY u.name, u.id LIMIT ?",
	    ARGS(V(operator_id), V(BINDINGS_MAX)), bound_unit_shape(), ret, ret_count);
}

/* ---- grants ------------------------------------------------------------------ */

enum err
grant_list(struct sql *db, struct arena *arena, int64_t unit_id, const struct grant **ret,
    size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM unit_grant g JOIN operator o ON o.id = g.operator_id"
	    " WHERE g.unit_id = ? ORDER BY g.business LIMIT 50",
	    ARGS(V(unit_id)), grant_shape(), ret, ret_count);
}

enum err
grant_holds(struct sql *db, struct arena *arena, int64_t unit_id, unsigned business,
    int64_t operator_id, bool *ret)
{
	return sql_exists(db, arena,
	    "SELECT 1 FROM unit_grant g"
	    " JOIN unit_operator b ON b.unit_id = g.unit_id AND b.operator_id = g.operator_id"
	    " WHERE g.unit_id = ? AND g.business = ? AND g.operator_id = ? LIMIT 1",
	    ARGS(V(unit_id), V(business), V(operator_id)), ret);
}

enum err
grant_add(struct sql_tx *tx, int64_t unit_id, unsigned business, int64_t operator_id, int64_t now)
{
	return sql_exec(tx,
	    "INSERT INTO unit_grant (unit_id, business, operator_id, created_at)"
	    " VALUES (?, ?, ?, ?)",
	    ARGS(V(unit_id), V(business), V(operator_id), V(now)), NULL);
}

enum err
grant_delete(struct sql_tx *tx, int64_t unit_id, unsigned business, int64_t operator_id)
{
	return sql_exec(tx,
	    "DELETE FROM unit_grant WHERE unit_id = ? AND business = ? AND operator_id = ?",
	    ARGS(V(unit_id), V(business), V(operator_id)), NULL);
}
