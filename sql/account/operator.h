#ifndef SQL_ACCOUNT_OPERATOR_H
#define SQL_ACCOUNT_OPERATOR_H

#include "sql/db/db.h"

/*
 * 经办人: one row per person (phone), bound to any number of units (OP-6).
 * *_sealed and *_index: OPERATOR_PHONE and OPERATOR_ID of sql/db/sealed.def.
 */
struct operator
{
	int64_t id;
	const char *phone_index, *phone_sealed;
	const char *name;
	const char *id_type, *id_sealed;
	const char *id_start;   /* "yyyy-MM-dd" */
	const char *id_end;     /* NULL: 长期 */
	const char *password;   /* fcgi/crypto/password.h */
	int64_t password_seq;   /* sql/account/standing.h */
	bool must_change;       /* a generated password is in use */
	int64_t password_until; /* Unix seconds: it dies then; 0 never */
	bool sms_off;           /* wants no notices by SMS, but those about the account */
	int64_t created_at;
};

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

struct binding {
	int64_t id, unit_id, operator_id;
	const char *name, *phone_sealed, *id_type, *id_sealed; /* of the operator */
	int64_t created_at;
};

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
struct bound_unit {
	int64_t id;
	const char *name, *uscc;
	unsigned certification; /* enum certification */
};
/* By name, at most BINDINGS_MAX. */
MUST_CHECK enum err bound_unit_list(struct sql *db, struct arena *arena, int64_t operator_id,
    const struct bound_unit **ret, size_t *ret_count);

/* ---- grants: one business to one operator (OP-8, A-20) --------------------- */

struct grant {
	unsigned business; /* enum business */
	int64_t operator_id;
	const char *operator_name;
};

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
