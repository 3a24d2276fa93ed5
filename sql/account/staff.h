#ifndef SQL_ACCOUNT_STAFF_H
#define SQL_ACCOUNT_STAFF_H

#include "sql/db/db.h"

/* Accounts of the bureaus' people, kept by the 安全管理员. */
struct staff {
	int64_t id;
	const char *account, *name;
	const char *password; /* fcgi/crypto/password.h */
	int64_t password_seq; /* sql/account/standing.h */
	int64_t bureau_id;
	unsigned role;     /* role.def */
	const char *scope; /* first digits of the 区划 he works on; "": all of the bureau */
	bool may_download; /* take files along, not only look at them */
	bool must_change;
	bool disabled;           /* cannot sign in */
	const char *totp_sealed; /* secret of his authenticator, PURPOSE_STAFF_TOTP; or NULL */
	int64_t totp_step;       /* of the last code that was used */
	int64_t created_at;
	int64_t version; /* counts what the 安全管理员 changes */
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
/* A new account. id, password_seq, disabled and what follows are not looked at. ERR_EXISTS. */
MUST_CHECK enum err staff_add_row(struct sql_tx *tx, const struct staff *s, int64_t *ret_id);
/* name, bureau, role, scope and may_download; his sessions end. ERR_CONFLICT: changed since. */
MUST_CHECK enum err staff_update(struct sql_tx *tx, const struct staff *s);
/* A password somebody else made for him: to be changed at the next login, his sessions end. */
MUST_CHECK enum err staff_set_initial(struct sql_tx *tx, int64_t id, const char *password);
/* A password the person chose. */
MUST_CHECK enum err staff_set_password(struct sql_tx *tx, int64_t id, const char *password);
/* A new authenticator; NULL takes it away, and ends his sessions. */
MUST_CHECK enum err staff_set_totp(struct sql_tx *tx, int64_t id, const char *sealed);
/* The code of that time step is used up. ERR_CONFLICT: it or a later one was used before. */
MUST_CHECK enum err staff_use_totp(struct sql_tx *tx, int64_t id, int64_t step);
/*
 * Is there somebody else of that role who is not disabled? Until tx ends nobody
 * stops being one. ERR_CONFLICT as of any lock.
 */
MUST_CHECK enum err
staff_has_other(struct sql_tx *tx, struct arena *arena, unsigned role, int64_t id, bool *ret);
/* Either way his sessions end. */
MUST_CHECK enum err staff_set_disabled(struct sql_tx *tx, int64_t id, bool disabled);

/* ---- the list of the 安全管理员 ------------------------------------------------ */

struct staff_item {
	int64_t id;
	const char *account, *name;
	unsigned role;
	const char *bureau_name, *region_code; /* of his bureau */
	const char *scope;
	bool may_download, must_change, disabled, totp;
	int64_t last_login; /* Unix seconds; 0 never */
	int64_t version;
};

struct staff_filter {
	const char *search; /* how account or name begin; NULL any */
	const char *region; /* first digits of the bureau's region; NULL any */
	unsigned role;      /* 0 any */
	int64_t disabled;   /* -1 any */
};

/* By id, after `after`; at most `limit`. */
MUST_CHECK enum err
staff_list(struct sql *db, struct arena *arena, const struct staff_filter *filter, int64_t after,
    int64_t limit, const struct staff_item **ret, size_t *ret_count);

#endif
