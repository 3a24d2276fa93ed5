#ifndef HANDLERS_ACCOUNT_CREDENTIAL_H
#define HANDLERS_ACCOUNT_CREDENTIAL_H

#include "fcgi/request.h"
#include "handlers/rules/role.h"
#include "sql/db.h"

/* The password of whoever is signed in, in whichever table it lies. */
struct credential {
	const char *password; /* hashed */
	/* what the new one must not be; ends with NULL */
	const char *others[3];
};

MUST_CHECK enum err credential_get(struct req *q, struct credential *ret);
/* hash: of a password the person chose. */
MUST_CHECK enum err credential_set(struct req *q, struct sql_tx *tx, const char *hash);

#endif
