#ifndef SQL_ACCOUNT_UNIT_H
#define SQL_ACCOUNT_UNIT_H

#include "sql/db/db.h"

/*
 * 单位 accounts. *_sealed: UNIT_… of sql/db/sealed.def; this layer moves them, it does not open them.
 */
struct unit {
	int64_t id, version;
	const char *account;
	const char *password; /* fcgi/crypto/password.h */
	int64_t password_seq; /* sql/account/standing.h */
	const char *name;
	const char *kind; /* "hospital" or "pharmacy" */
	const char *region_code, *uscc, *address;
	const char *postcode; /* or NULL */
	const char *legal_name_sealed, *legal_id_type, *legal_id_sealed;
	const char *legal_phone_sealed;
	unsigned certification; /* enum certification, as of now: sql/account/certification.h */
	const char *certification_reason; /* why it did not pass; or NULL */
	int64_t certified_at;             /* Unix seconds; 0: never */
	int64_t certified_until;          /* by a bureau's word; 0: the catalogue decides */
	int64_t manual_bureau, manual_at; /* asked for 人工认证; 0: never */
	const char *licence_upload;       /* key of the 营业执照; or NULL */
	int64_t created_at;
};

/* ERR_NOT_FOUND. */
MUST_CHECK enum err unit_get(struct sql *db, struct arena *arena, int64_t id, struct unit *ret);
/* In whatever case. ERR_NOT_FOUND. */
MUST_CHECK enum err
unit_by_account(struct sql *db, struct arena *arena, const char *account, struct unit *ret);
/* ERR_NOT_FOUND. */
MUST_CHECK enum err
unit_by_uscc(struct sql *db, struct arena *arena, const char *uscc, struct unit *ret);
/* id, version, certification and what belongs to it are ignored. ERR_EXISTS: account or uscc. */
MUST_CHECK enum err unit_insert(struct sql_tx *tx, const struct unit *u, int64_t *ret_id);
MUST_CHECK enum err unit_set_password(struct sql_tx *tx, int64_t id, const char *password);
/*
 * The outcome of a 资质认证. at: when it passed, 0 otherwise. licence: NULL
 * leaves the one there is. ERR_CONFLICT: somebody changed the unit since `version`.
 */
MUST_CHECK enum err unit_certify(struct sql_tx *tx, int64_t id, int64_t version,
    unsigned certification, const char *reason, int64_t at, const char *licence);
/* Has any of its applications been submitted? */
MUST_CHECK enum err unit_has_applied(struct sql *db, struct arena *arena, int64_t id, bool *ret);
/*
 * Whoever changes the unit's operators or grants holds this until tx ends.
 * ERR_NOT_FOUND, ERR_CONFLICT.
 */
MUST_CHECK enum err unit_lock(struct sql_tx *tx, struct arena *arena, int64_t id);

#endif
