#include "sql/account/last_login.h"

static const struct sql_column columns[] = {
	COLUMN(struct last_login, at),
	COLUMN(struct last_login, address),
};
static const struct sql_shape shape = SHAPE(struct last_login, columns);

enum err
last_login_get(struct sql *db, struct arena *arena, unsigned role, int64_t user_id,
    struct last_login *ret)
{
	return sql_one(db, arena,
	    "SELECT at, address FROM last_login WHERE role = ? AND user_id = ?",
	    ARGS(V(role), V(user_id)), &shape, ret);
}

enum err
last_login_put(struct sql_tx *tx, unsigned role, int64_t user_id, const struct last_login *login)
{
	return sql_exec(tx,
	    "INSERT INTO last_login (role, user_id, at, address) VALUES (?, ?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE at = VALUES(at), address = VALUES(address)",
	    ARGS(V(role), V(user_id), V(login->at), V(login->address)), NULL);
}
