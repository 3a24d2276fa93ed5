#include "sql/account/last_login.h"

enum err
last_login_get(struct sql *db, struct arena *arena, unsigned role, int64_t user_id,
    struct last_login *ret)
{
	return sql_one(db, arena, "SELECT {} FROM last_login l WHERE role = ? AND user_id = ?",
	    ARGS(V(role), V(user_id)), last_login_shape(), ret);
}

enum err
last_login_put(struct sql_tx *tx, unsigned role, int64_t user_id, const struct last_login *login)
{
	return sql_exec(tx,
	    "INSERT INTO last_login (role, user_id, at, address) VALUES (?, ?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE at = VALUES(at), address = VALUES(address)",
	    ARGS(V(role), V(user_id), V(login->at), V(login->address)), NULL);
}
