#include "sql/account/unit.h"

#include "sql/account/unit_row.h"

static const struct sql_column columns[] = {
	COLUMN(struct unit, id),
	COLUMN(struct unit, version),
	COLUMN(struct unit, account),
	COLUMN(struct unit, password),
	COLUMN(struct unit, password_seq),
	COLUMN(struct unit, name),
	COLUMN(struct unit, kind),
	COLUMN(struct unit, region_code),
	COLUMN(struct unit, uscc),
	COLUMN(struct unit, address),
	COLUMN(struct unit, postcode),
	COLUMN(struct unit, legal_name_sealed),
	COLUMN(struct unit, legal_id_type),
	COLUMN(struct unit, legal_id_sealed),
	COLUMN(struct unit, legal_phone_sealed),
	COLUMN(struct unit, certification),
	COLUMN(struct unit, certification_reason),
	COLUMN(struct unit, certified_at),
	COLUMN(struct unit, certified_until),
	COLUMN(struct unit, manual_bureau),
	COLUMN(struct unit, manual_at),
	COLUMN(struct unit, licence_upload),
	COLUMN(struct unit, created_at),
};
const struct sql_shape unit_shape = SHAPE(struct unit, columns);

enum err
unit_get(struct sql *db, struct arena *arena, int64_t id, struct unit *ret)
{
	return sql_one(db, arena, SELECT_UNIT " WHERE id = ?", ARGS(V(id)), &unit_shape, ret);
}

enum err
unit_by_account(struct sql *db, struct arena *arena, const char *account, struct unit *ret)
{
	return sql_one(db, arena, SELECT_UNIT " WHERE account = ?", ARGS(V(account)), &unit_shape,
	    ret);
}

enum err
unit_by_uscc(struct sql *db, struct arena *arena, const char *uscc, struct unit *ret)
{
	return sql_one(db, arena, SELECT_UNIT " WHERE uscc = ?", ARGS(V(uscc)), &unit_shape, ret);
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
unit_certify(struct sql_tx *tx, int64_t id, int64_t version, unsigned certification,
    const char *reason, int64_t at, const char *licence)
{
	uint64_t changed;

	TRY(sql_exec(tx,
	    "UPDATE unit SET certification = ?, certification_reason = ?,"
	    " certified_at = NULLIF(?, 0), certified_until = NULL, licence_upload = COALESCE(?, "
	    "licence_upload),"
	    " version = version + 1 WHERE id = ? AND version = ?",
	    ARGS(V(certification), V(reason), V(at), V(licence), V(id), V(version)), &changed));
	return changed == 1 ? ERR_OK : ERR_CONFLICT;
}

struct number {
	int64_t value;
};
static const struct sql_column number_columns[] = { COLUMN(struct number, value) };
static const struct sql_shape number_shape = SHAPE(struct number, number_columns);

enum err
unit_has_applied(struct sql *db, struct arena *arena, int64_t id, bool *ret)
{
	struct number row = { 0 };

	TRY(sql_one(db, arena,
	    "SELECT EXISTS (SELECT 1 FROM application WHERE unit_id = ? AND round > 0)",
	    ARGS(V(id)), &number_shape, &row));
	*ret = row.value != 0;
	return ERR_OK;
}

enum err
unit_lock(struct sql_tx *tx, struct arena *arena, int64_t id)
{
	struct number row;

	return sql_one(tx->db, arena, "SELECT id FROM unit WHERE id = ? FOR UPDATE", ARGS(V(id)),
	    &number_shape, &row);
}
