#ifndef SQL_ACCOUNT_STAFF_H
#define SQL_ACCOUNT_STAFF_H

#include "sql/db/db.h"

/* Accounts of the bureaus' people, kept by the 安全管理员. */
#define STAFF_COLUMNS(C, E)                                                                        \
	C(INT, s, id)                                                                              \
	C(TEXT, s, account)                                                                        \
	C(TEXT, s, name)                                                                           \
	C(TEXT, s, phone_sealed)  /* STAFF_PHONE of sql/db/sealed.def: his passwords go there */   \
	C(TEXT, s, id_sealed)     /* STAFF_ID: 居民身份证号码 */                            \
	C(TEXT, s, id_index)      /* of it: the person behind the account */                       \
	C(TEXT, s, password)      /* fcgi/crypto/password.h */                                     \
	C(INT, s, password_seq)   /* sql/account/standing.h */                                     \
	C(INT, s, password_at)    /* when it was made or chosen */                                 \
	C(INT, s, password_until) /* one made for him dies then; 0 never */                        \
	C(INT, s, bureau_id)                                                                       \
	C(CODE, s, role)  /* role.def */                                                           \
	C(TEXT, s, scope) /* first digits of the 区划 he works on; "": all of the bureau */      \
	C(BOOL, s, may_download) /* take files along, not only look at them */                     \
	C(BOOL, s, must_change)                                                                    \
	C(BOOL, s, disabled)    /* cannot sign in */                                               \
	C(TEXT, s, totp_sealed) /* secret of his authenticator, keyring "staff.totp"; or NULL */   \
	C(INT, s, totp_step)    /* of the last code that was used */                               \
	C(INT, s, created_at)                                                                      \
	C(INT, s, version) /* counts what the 安全管理员 changes */
SQL_ROW(staff, STAFF_COLUMNS)

/* ERR_NOT_FOUND. */
MUST_CHECK enum err staff_get(struct sql *db, struct arena *arena, int64_t id, struct staff *ret);
/* In whatever case. ERR_NOT_FOUND. */
MUST_CHECK enum err
staff_by_account(struct sql *db, struct arena *arena, const char *account, struct staff *ret);
/* Those who may sign in, by id; at most 500. */
MUST_CHECK enum err staff_of_bureau(struct sql *db, struct arena *arena, int64_t bureau_id,
    const struct staff **ret, size_t *ret_count);
/* Makes the one there is look like this and able to sign in, person and phone too. ERR_NOT_FOUND. */
MUST_CHECK enum err staff_put(struct sql_tx *tx, const struct staff *s);
/* A new account. id, password_seq, disabled and what follows are not looked at. ERR_EXISTS. */
MUST_CHECK enum err staff_add_row(struct sql_tx *tx, const struct staff *s, int64_t *ret_id);
/* name, bureau, role, scope, may_download, phone; his sessions end. ERR_CONFLICT: changed since. */
MUST_CHECK enum err staff_update(struct sql_tx *tx, const struct staff *s);
/* One made for him: dead at `until`, to be changed at the next login, his sessions end. */
MUST_CHECK enum err
staff_set_initial(struct sql_tx *tx, int64_t id, const char *password, int64_t now, int64_t until);
/* A password the person chose. */
MUST_CHECK enum err
staff_set_password(struct sql_tx *tx, int64_t id, const char *password, int64_t now);
/*
 * Does the person, under either index (`also` NULL: one), hold another account in use than `id`,
 * of another role or in the same bureau? Until tx ends nobody gets one.
 */
MUST_CHECK enum err staff_person_holds(struct sql_tx *tx, struct arena *arena, const char *index,
    const char *also, const struct staff *s, bool *ret);
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

#define STAFF_ITEM_COLUMNS(C, E)                                                                   \
	C(INT, s, id)                                                                              \
	C(TEXT, s, account)                                                                        \
	C(TEXT, s, name)                                                                           \
	C(CODE, s, role)                                                                           \
	E(TEXT, bureau_name, "b.name") /* of his bureau */                                         \
	C(TEXT, b, region_code)                                                                    \
	C(TEXT, s, scope)                                                                          \
	C(TEXT, s, phone_sealed)                                                                   \
	C(BOOL, s, may_download)                                                                   \
	C(BOOL, s, must_change)                                                                    \
	C(BOOL, s, disabled)                                                                       \
	E(BOOL, waiting, "EXISTS(SELECT 1 FROM staff_request r WHERE r.waiting_for = s.account)")  \
	E(BOOL, totp, "s.totp_sealed IS NOT NULL")                                                 \
	E(INT, last_login, "COALESCE(l.at, 0)") /* Unix seconds; 0 never */                        \
	C(INT, s, version)
SQL_ROW(staff_item, STAFF_ITEM_COLUMNS)

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
