#ifndef HANDLERS_ACCOUNT_OWN_PASSWORD_H
#define HANDLERS_ACCOUNT_OWN_PASSWORD_H

#include "fcgi/http/request.h"
#include "handlers/rules/table/kinds.h"
#include "sql/db/db.h"

/* The password of whoever is signed in, in whichever table it lies. */
struct own_password {
	const char *password; /* hashed */
	/* what the new one must not be; ends with NULL */
	const char *others[3];
};

MUST_CHECK enum err own_password_get(struct req *q, struct own_password *ret);
/* hash: of a password the person chose. */
MUST_CHECK enum err own_password_set(struct req *q, struct sql_tx *tx, const char *hash);

#endif
