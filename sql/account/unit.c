#include "sql/account/unit.h"

enum err
unit_get(struct sql *db, struct arena *arena, int64_t id, struct unit *ret)
{
	return sql_one(db, arena, "SELECT {} FROM unit u WHERE id = ?", ARGS(V(id)), unit_shape(),
	    ret);
}

enum err
unit_by_account(struct sql *db, struct arena *arena, const char *account, struct unit *ret)
{
	return sql_one(db, arena, "SELECT {} FROM unit u WHERE account = ?", ARGS(V(account)),
	    unit_shape(), ret);
}

enum err
unit_by_uscc(struct sql *db, struct arena *arena, const char *uscc, struct unit *ret)
{
	return sql_one(db, arena, "SELECT {} FROM unit u WHERE uscc = ? AND released = 0",
	    ARGS(V(uscc)), unit_shape(), ret);
}

enum err
unit_insert(struct sql_tx *tx, const struct unit *u, int64_t *ret_id)
{
	return sql_insert(tx,
	    "INSERT INTO unit (account, password, name, kind, region_code, uscc, address,"
	    " postcode, legal_name_sealed, legal_id_type, legal_id_sealed,"
	    " legal_phone_sealed, created_at)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	    ARGS(V(u->account), V(u->password), V(u->name), V(u->kind), V(u->region_code),
		V(u->uscc), V(u->address), V(u->postcode), V(u->legal_name_sealed),
		V(u->legal_id_type), V(u->legal_id_sealed), V(u->legal_phone_sealed),
		V(u->created_at)),
	    ret_id);
}

enum err
unit_set_password(struct sql_tx *tx, int64_t id, const char *password)
{
	return sql_exec(tx,
	    "UPDATE unit SET password = ?, password_seq = password_seq + 1, version = version + 1"
	    " WHERE id = ?",
	    ARGS(V(password), V(id)), NULL);
}

enum err
unit_set_second_factor(struct sql_tx *tx, int64_t id, bool on)
{
	return sql_exec(tx, "UPDATE unit SET second_factor = ?, version = version + 1 WHERE id = ?",
	    ARGS(V(on), V(id)), NULL);
}

enum err
unit_certify(struct sql_tx *tx, int64_t id, int64_t version, unsigned certification,
    const char *reason, int64_t at, const char *licence)
{
	return sql_exec_one(tx,
	    "UPDATE unit SET certification = ?, certification_reason = ?,"
	    " certified_at = NULLIF(?, 0), certified_until = NULL,"
	    " licence_upload = COALESCE(?, licence_upload), version = version + 1"
	    " WHERE id = ? AND version = ?",
	    ARGS(V(certification), V(reason), V(at), V(licence), V(id), V(version)), ERR_CONFLICT);
}

enum err
unit_has_applied(struct sql *db, struct arena *arena, int64_t id, bool *ret)
{
	return sql_exists(db, arena,
	    "SELECT 1 FROM application WHERE unit_id = ? AND round > 0 LIMIT 1", ARGS(V(id)), ret);
}

enum err
unit_lock(struct sql_tx *tx, struct arena *arena, int64_t id)
{
	int64_t locked;

	return sql_number(tx->db, arena, "SELECT id FROM unit WHERE id = ? FOR UPDATE", ARGS(V(id)),
	    &locked);
}
