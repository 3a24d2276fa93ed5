#include "sql/account/invitation.h"

#define OF_PHONE "i.phone_index IN (?, ?)"

enum err
invitation_list(struct sql *db, struct arena *arena, int64_t unit_id, const struct invitation **ret,
    size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM operator_invitation i WHERE i.unit_id = ? ORDER BY i.id LIMIT ?",
	    ARGS(V(unit_id), V(INVITATIONS_MAX)), invitation_shape(), ret, ret_count);
}

enum err
invitation_get(struct sql *db, struct arena *arena, int64_t id, int64_t unit_id,
    struct invitation *ret)
{
	return sql_one(db, arena,
	    "SELECT {} FROM operator_invitation i WHERE i.id = ? AND i.unit_id = ?",
	    ARGS(V(id), V(unit_id)), invitation_shape(), ret);
}

enum err
invitation_of_phone(struct sql *db, struct arena *arena, int64_t id, const char *phone_index,
    const char *also, struct invitation *ret)
{
	return sql_one(db, arena,
	    "SELECT {} FROM operator_invitation i WHERE i.id = ? AND " OF_PHONE,
	    ARGS(V(id), V(phone_index), V(also ? also : phone_index)), invitation_shape(), ret);
}

enum err
invitation_exists(struct sql *db, struct arena *arena, int64_t unit_id, const char *phone_index,
    const char *also, bool *ret)
{
	return sql_exists(db, arena,
	    "SELECT 1 FROM operator_invitation i WHERE i.unit_id = ? AND " OF_PHONE " LIMIT 1",
	    ARGS(V(unit_id), V(phone_index), V(also ? also : phone_index)), ret);
}

enum err
invitation_by_secret(struct sql *db, struct arena *arena, const char *secret, const char *also,
    struct invitation *ret)
{
	return sql_one(db, arena, "SELECT {} FROM operator_invitation i WHERE i.secret IN (?, ?)",
	    ARGS(V(secret), V(also ? also : secret)), invitation_shape(), ret);
}

enum err
invitation_insert(struct sql_tx *tx, const struct invitation *i, int64_t *ret_id)
{
	return sql_insert(tx,
	    "INSERT INTO operator_invitation (unit_id, phone_index, phone_sealed, name, id_type,"
	    " id_sealed, id_start, id_end, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
	    ARGS(V(i->unit_id), V(i->phone_index), V(i->phone_sealed), V(i->name), V(i->id_type),
		V(i->id_sealed), V(i->id_start), V(i->id_end), V(i->created_at)),
	    ret_id);
}

enum err
invitation_set_secret(struct sql_tx *tx, int64_t id, const char *secret, int64_t until)
{
	return sql_exec_one(tx,
	    "UPDATE operator_invitation SET secret = ?, secret_until = ? WHERE id = ?",
	    ARGS(V(secret), V(until), V(id)), ERR_NOT_FOUND);
}

enum err
invitation_delete(struct sql_tx *tx, int64_t id)
{
	return sql_exec_one(tx, "DELETE FROM operator_invitation WHERE id = ?", ARGS(V(id)),
	    ERR_NOT_FOUND);
}

enum err
invitation_purge(struct sql_tx *tx, int64_t before, int64_t limit)
{
	return sql_exec(tx, "DELETE FROM operator_invitation WHERE created_at < ? LIMIT ?",
	    ARGS(V(before), V(limit)), NULL);
}

enum err
inviting_unit_list(struct sql *db, struct arena *arena, const char *phone_index, const char *also,
    const struct inviting_unit **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM operator_invitation i JOIN unit u ON u.id = i.unit_id WHERE " OF_PHONE
	    " ORDER BY i.id DESC LIMIT ?",
	    ARGS(V(phone_index), V(also ? also : phone_index), V(INVITATIONS_MAX)),
	    inviting_unit_shape(), ret, ret_count);
}

enum err
invitation_count(struct sql *db, struct arena *arena, const char *phone_index, const char *also,
    int64_t *ret)
{
	return sql_number(db, arena, "SELECT COUNT(*) FROM operator_invitation i WHERE " OF_PHONE,
	    ARGS(V(phone_index), V(also ? also : phone_index)), ret);
}
