#ifndef SQL_ACCOUNT_UNIT_H
#define SQL_ACCOUNT_UNIT_H

#include "handlers/rules/table/kinds.h"
#include "sql/db/db.h"

/*
 * SQL: the unit's certification (enum certification) as of now. `u` is a
 * literal: the table's alias. The codes are those of certification.def.
 */
#define CERTIFICATION_CODE_PASSED "1"
#define CERTIFICATION_CODE_EXPIRED "4"
#define CERTIFICATION_NOW(u)                                                                       \
	"CASE WHEN " u ".certification = " CERTIFICATION_CODE_PASSED " AND COALESCE(" u            \
	".certified_until, 0) <= UNIX_TIMESTAMP() AND NOT EXISTS (SELECT 1 FROM institution c"     \
	" WHERE c.uscc = " u ".uscc AND c.active = 1 AND c.agreement_start <= UNIX_TIMESTAMP()"    \
	" AND c.agreement_end > UNIX_TIMESTAMP()) THEN " CERTIFICATION_CODE_EXPIRED " ELSE " u     \
	".certification END"

_Static_assert(CERTIFICATION_PASSED == 1 && CERTIFICATION_EXPIRED == 4, "CERTIFICATION_NOW");

/*
 * 单位 accounts. *_sealed: UNIT_… of sql/db/sealed.def; this layer moves them, it does not open them.
 */
#define UNIT_COLUMNS(C, E)                                                                         \
	C(INT, u, id)                                                                              \
	C(INT, u, version)                                                                         \
	C(TEXT, u, account)                                                                        \
	C(TEXT, u, password)      /* fcgi/crypto/password.h */                                     \
	C(INT, u, password_seq)   /* sql/account/standing.h */                                     \
	C(BOOL, u, second_factor) /* whoever signs in for it proves his phone, too (A-89) */       \
	C(TEXT, u, name)                                                                           \
	C(TEXT, u, kind) /* "hospital" or "pharmacy" (A-03) */                                     \
	C(TEXT, u, region_code)                                                                    \
	C(TEXT, u, uscc)                                                                           \
	C(TEXT, u, address)                                                                        \
	C(TEXT, u, postcode) /* or NULL */                                                         \
	C(TEXT, u, legal_name_sealed)                                                              \
	C(TEXT, u, legal_id_type)                                                                  \
	C(TEXT, u, legal_id_sealed)                                                                \
	C(TEXT, u, legal_phone_sealed)                                                             \
	E(CODE, certification, CERTIFICATION_NOW("u")) /* enum certification, as of now */         \
	C(TEXT, u, certification_reason)               /* why it did not pass; or NULL */          \
	C(INT, u, certified_at)                        /* Unix seconds; 0: never */                \
	C(INT, u, certified_until) /* by a bureau's word; 0: the catalogue decides */              \
	C(INT, u, manual_bureau)   /* asked for 人工认证; 0: never */                          \
	C(INT, u, manual_at)                                                                       \
	C(INT, u, released)   /* when its code went back to who it belongs to; 0: it holds it */   \
	C(INT, u, revoked_at) /* by a bureau; 0: never, or confirmed since */                      \
	C(TEXT, u, licence_upload) /* key of the 营业执照; or NULL */                          \
	C(INT, u, created_at)
SQL_ROW(unit, UNIT_COLUMNS)

/* ERR_NOT_FOUND. */
MUST_CHECK enum err unit_get(struct sql *db, struct arena *arena, int64_t id, struct unit *ret);
/* In whatever case. ERR_NOT_FOUND. */
MUST_CHECK enum err
unit_by_account(struct sql *db, struct arena *arena, const char *account, struct unit *ret);
/* The one that holds the code. ERR_NOT_FOUND. */
MUST_CHECK enum err
unit_by_uscc(struct sql *db, struct arena *arena, const char *uscc, struct unit *ret);
/* id, version, certification and what belongs to it are ignored. ERR_EXISTS: account or uscc. */
MUST_CHECK enum err unit_insert(struct sql_tx *tx, const struct unit *u, int64_t *ret_id);
MUST_CHECK enum err unit_set_password(struct sql_tx *tx, int64_t id, const char *password);
MUST_CHECK enum err unit_set_second_factor(struct sql_tx *tx, int64_t id, bool on);
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
