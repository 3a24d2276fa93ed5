#include "sql/staff.h"

static const struct sql_column columns[] = {
	COLUMN(struct staff, id),
	COLUMN(struct staff, account),
	COLUMN(struct staff, name),
	COLUMN(struct staff, password),
	COLUMN(struct staff, password_seq),
	COLUMN(struct staff, bureau_id),
	COLUMN(struct staff, role),
	COLUMN(struct staff, must_change),
	COLUMN(struct staff, disabled),
	COLUMN(struct staff, totp_sealed),
	COLUMN(struct staff, totp_step),
	COLUMN(struct staff, created_at),
};
static const struct sql_shape shape = SHAPE(struct staff, columns);

/* In the order of `columns`. */
#define SELECT_STAFF                                                                               \
	"SELECT id, account, name, password, password_seq, bureau_id, role, must_change, "         \
	"disabled, totp_sealed, totp_step, created_at"                                             \
	" FROM staff"

enum err
staff_get(struct sql *db, struct arena *arena, int64_t id, struct staff *ret)
{
	return sql_one(db, arena, SELECT_STAFF " WHERE id = ?", ARGS(V(id)), &shape, ret);
}

enum err
staff_by_account(struct sql *db, struct arena *arena, const char *account, struct staff *ret)
{
	return sql_one(db, arena, SELECT_STAFF " WHERE account = ?", ARGS(V(account)), &shape, ret);
}

enum err
staff_of_bureau(struct sql *db, struct arena *arena, int64_t bureau_id, const struct staff **ret,
    size_t *ret_count)
{
	return sql_all(db, arena,
	    SELECT_STAFF " WHERE bureau_id = ? AND disabled = 0 ORDER BY id LIMIT 500",
	    ARGS(V(bureau_id)), &shape, ret, ret_count);
}

enum err
staff_put(struct sql_tx *tx, const struct staff *s)
{
	return sql_exec(tx,
	    "INSERT INTO staff (account, name, password, bureau_id, role, must_change, disabled,"
	    " created_at) VALUES (?, ?, ?, ?, ?, ?, 0, ?) ON DUPLICATE KEY UPDATE"
	    " name = VALUES(name), password = VALUES(password), password_seq = password_seq + 1, "
	    "bureau_id = VALUES(bureau_id),"
	    " role = VALUES(role), must_change = VALUES(must_change), disabled = 0",
	    ARGS(V(s->account), V(s->name), V(s->password), V(s->bureau_id), V(s->role),
		V(s->must_change), V(s->created_at)),
	    NULL);
}

enum err
staff_set_password(struct sql_tx *tx, int64_t id, const char *password)
{
	return sql_exec(tx,
	    "UPDATE staff SET password = ?, password_seq = password_seq + 1, must_change = 0 WHERE "
	    "id = ?",
	    ARGS(V(password), V(id)), NULL);
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
	uint64_t changed;

	TRY(sql_exec(tx, "UPDATE staff SET totp_step = ? WHERE id = ? AND totp_step < ?",
	    ARGS(V(step), V(id), V(step)), &changed));
	return changed == 1 ? ERR_OK : ERR_CONFLICT;
}

enum err
staff_set_disabled(struct sql_tx *tx, int64_t id, bool disabled)
{
	return sql_exec(tx,
	    "UPDATE staff SET disabled = ?, password_seq = password_seq + 1 WHERE id = ?",
	    ARGS(V(disabled), V(id)), NULL);
}
