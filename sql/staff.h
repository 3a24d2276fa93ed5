#ifndef SQL_STAFF_H
#define SQL_STAFF_H

#include "sql/db.h"

/* Accounts of the bureaus' people, made by `portal admin staff-add`. */
struct staff {
	int64_t id;
	const char *account, *name;
	const char *password; /* fcgi/password.h */
	int64_t password_seq; /* sql/standing.h */
	int64_t bureau_id;
	unsigned role; /* role.def */
	bool must_change;
	bool disabled;           /* cannot sign in */
	const char *totp_sealed; /* secret of his authenticator, keyring "staff.totp"; or NULL */
	int64_t totp_step;       /* of the last code that was used */
	int64_t created_at;
};

/* ERR_NOT_FOUND. */
MUST_CHECK enum err staff_get(struct sql *db, struct arena *arena, int64_t id, struct staff *ret);
/* In whatever case. ERR_NOT_FOUND. */
MUST_CHECK enum err
staff_by_account(struct sql *db, struct arena *arena, const char *account, struct staff *ret);
/* Those who may sign in, by id; at most 500. */
MUST_CHECK enum err staff_of_bureau(struct sql *db, struct arena *arena, int64_t bureau_id,
    const struct staff **ret, size_t *ret_count);
/* Makes the account, or makes the one there is look like this and able to sign in. id is ignored. */
MUST_CHECK enum err staff_put(struct sql_tx *tx, const struct staff *s);
/* A password the person chose. */
MUST_CHECK enum err staff_set_password(struct sql_tx *tx, int64_t id, const char *password);
/* A new authenticator; NULL takes it away, and ends his sessions. */
MUST_CHECK enum err staff_set_totp(struct sql_tx *tx, int64_t id, const char *sealed);
/* The code of that time step is used up. ERR_CONFLICT: it or a later one was used before. */
MUST_CHECK enum err staff_use_totp(struct sql_tx *tx, int64_t id, int64_t step);
/* Either way his sessions end. */
MUST_CHECK enum err staff_set_disabled(struct sql_tx *tx, int64_t id, bool disabled);

#endif
