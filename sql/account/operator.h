#ifndef SQL_ACCOUNT_OPERATOR_H
#define SQL_ACCOUNT_OPERATOR_H

#include "sql/account/unit.h"

/*
 * 经办人: one row per person (phone), bound to any number of units (OP-6). Made by who proves the phone, never
 * before: until then there are invitations (sql/account/invitation.h).
 * *_sealed and *_index: OPERATOR_PHONE and OPERATOR_ID of sql/db/sealed.def.
 */
#define OPERATOR_COLUMNS(C, E)                                                                     \
	C(INT, o, id)                                                                              \
	C(TEXT, o, phone_index)                                                                    \
	C(TEXT, o, phone_sealed)                                                                   \
	C(TEXT, o, name)                                                                           \
	C(TEXT, o, id_type)                                                                        \
	C(TEXT, o, id_sealed)                                                                      \
	C(TEXT, o, id_start)      /* "yyyy-MM-dd" */                                               \
	C(TEXT, o, id_end)        /* NULL: 长期 */                                               \
	C(TEXT, o, password)      /* fcgi/crypto/password.h */                                     \
	C(INT, o, password_seq)   /* sql/account/standing.h */                                     \
	C(BOOL, o, must_change)   /* a generated password is in use (A-18) */                      \
	C(INT, o, password_until) /* Unix seconds: it dies then; 0 never */                        \
	C(BOOL, o, sms_off) /* wants no notices by SMS, but those about the account (A-64) */      \
	C(INT, o, created_at)
SQL_ROW(operator, OPERATOR_COLUMNS)

/* ERR_NOT_FOUND. */
MUST_CHECK enum err
operator_get(struct sql *db, struct arena *arena, int64_t id, struct operator* ret);
/* also: of keyring_index_also(), or NULL. ERR_NOT_FOUND. */
MUST_CHECK enum err operator_by_phone(struct sql *db, struct arena *arena, const char *phone_index,
    const char *also, struct operator* ret);
/* id is ignored. also: as above. ERR_EXISTS: the phone, under either. */
MUST_CHECK enum err operator_insert(struct sql_tx *tx, struct arena *arena,
    const struct operator* o, const char *also, int64_t *ret_id);
/* until: 0 for a password the person chose; else a generated one, to be changed and dying then. */
MUST_CHECK enum err
operator_set_password(struct sql_tx *tx, int64_t id, const char *password, int64_t until);

MUST_CHECK enum err operator_set_sms_off(struct sql_tx *tx, int64_t id, bool off);

/* ---- bindings to units ---------------------------------------------------- */

#define BINDING_COLUMNS(C, E)                                                                      \
	C(INT, b, id)                                                                              \
	C(INT, b, unit_id)                                                                         \
	C(INT, b, operator_id)                                                                     \
	C(TEXT, o, name) /* of the operator */                                                     \
	C(TEXT, o, phone_sealed)                                                                   \
	C(TEXT, o, id_type)                                                                        \
	C(TEXT, o, id_sealed)                                                                      \
	C(INT, b, created_at)                                                                      \
	/* no other unit has him, so that this one may reset his password (A-26) */                \
	E(BOOL, alone,                                                                             \
	    "(SELECT COUNT(*) FROM unit_operator w WHERE w.operator_id = b.operator_id) = 1")
SQL_ROW(binding, BINDING_COLUMNS)

#define BINDINGS_MAX 500 /* operators of one unit, units of one operator, that are ever shown */

/* Oldest first, at most BINDINGS_MAX. */
MUST_CHECK enum err binding_list(struct sql *db, struct arena *arena, int64_t unit_id,
    const struct binding **ret, size_t *ret_count);
/* The unit's own only: ERR_NOT_FOUND also for a stranger's. */
MUST_CHECK enum err
binding_get(struct sql *db, struct arena *arena, int64_t id, int64_t unit_id, struct binding *ret);
/* ERR_NOT_FOUND when the operator is not bound to the unit. */
MUST_CHECK enum err binding_find(struct sql *db, struct arena *arena, int64_t unit_id,
    int64_t operator_id, struct binding *ret);
MUST_CHECK enum err
binding_count(struct sql *db, struct arena *arena, int64_t unit_id, int64_t *ret);
/* *ret_id may be NULL. ERR_EXISTS: bound already. */
MUST_CHECK enum err
binding_add(struct sql_tx *tx, int64_t unit_id, int64_t operator_id, int64_t now, int64_t *ret_id);
/* The operator's grants of this unit go with it. ERR_NOT_FOUND. */
MUST_CHECK enum err binding_delete(struct sql_tx *tx, int64_t unit_id, int64_t operator_id);

/* A unit an operator may choose (OP-16). */
#define BOUND_UNIT_COLUMNS(C, E)                                                                   \
	C(INT, u, id)                                                                              \
	C(TEXT, u, name)                                                                           \
	C(TEXT, u, uscc)                                                                           \
	E(CODE, certification, CERTIFICATION_NOW("u")) /* enum certification */
SQL_ROW(bound_unit, BOUND_UNIT_COLUMNS)
/* By name, at most BINDINGS_MAX. */
MUST_CHECK enum err bound_unit_list(struct sql *db, struct arena *arena, int64_t operator_id,
    const struct bound_unit **ret, size_t *ret_count);

/* ---- grants: one business to one operator (OP-8, A-20) --------------------- */

#define GRANT_COLUMNS(C, E)                                                                        \
	C(CODE, g, business) /* enum business */                                                   \
	C(INT, g, operator_id)                                                                     \
	E(TEXT, operator_name, "o.name")
SQL_ROW(grant, GRANT_COLUMNS)

/* All of a unit; there are at most as many as businesses. */
MUST_CHECK enum err grant_list(struct sql *db, struct arena *arena, int64_t unit_id,
    const struct grant **ret, size_t *ret_count);
/* Does the operator hold the business for the unit, and is he still bound to it? */
MUST_CHECK enum err grant_holds(struct sql *db, struct arena *arena, int64_t unit_id,
    unsigned business, int64_t operator_id, bool *ret);
/* ERR_EXISTS: somebody holds it. */
MUST_CHECK enum err
grant_add(struct sql_tx *tx, int64_t unit_id, unsigned business, int64_t operator_id, int64_t now);
/* Nothing happens when the operator does not hold it. */
MUST_CHECK enum err
grant_delete(struct sql_tx *tx, int64_t unit_id, unsigned business, int64_t operator_id);

#endif
