#ifndef SQL_ACCOUNT_LAST_LOGIN_H
#define SQL_ACCOUNT_LAST_LOGIN_H

#include "sql/db/db.h"

/* When and from where a person signed in last, so that he notices a stranger. */
struct last_login {
	int64_t at; /* Unix seconds */
	const char *address;
};

/* role: role.def. ERR_NOT_FOUND: never. */
MUST_CHECK enum err last_login_get(struct sql *db, struct arena *arena, unsigned role,
    int64_t user_id, struct last_login *ret);
MUST_CHECK enum err
last_login_put(struct sql_tx *tx, unsigned role, int64_t user_id, const struct last_login *login);

#endif
