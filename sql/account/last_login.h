#ifndef SQL_ACCOUNT_LAST_LOGIN_H
#define SQL_ACCOUNT_LAST_LOGIN_H

#include "sql/db/db.h"

/* When and from where a person signed in last, so that he notices a stranger. */
#define LAST_LOGIN_COLUMNS(C, E)                                                                   \
	C(INT, l, at) /* Unix seconds */                                                           \
	C(TEXT, l, address)
SQL_ROW(last_login, LAST_LOGIN_COLUMNS)

/* role: role.def. ERR_NOT_FOUND: never. */
MUST_CHECK enum err last_login_get(struct sql *db, struct arena *arena, unsigned role,
    int64_t user_id, struct last_login *ret);
MUST_CHECK enum err
last_login_put(struct sql_tx *tx, unsigned role, int64_t user_id, const struct last_login *login);

#endif
