#ifndef SQL_AUDIT_H
#define SQL_AUDIT_H

#include "sql/db.h"

/*
 * The audit trail: append-only, hash-chained with SM3, written in the
 * transaction of the deed. Several chains, so that writers rarely wait for one
 * another; the chain is chosen by the actor. Nothing personal goes into it but
 * ids, codes and addresses.
 */
struct deed {
	unsigned role; /* role.def; 0 nobody signed in */
	int64_t user_id;
	const char *address; /* of the client; "" for jobs */
	const char *name;    /* "application.submit": noun.verb, a literal */
	const char *object;  /* what it was done to: "application/<number>", "unit/7" */
	const char *detail;  /* key=value, or "" */
	int64_t now;         /* Unix seconds */
};

/* Call it last before sql_commit(): it holds the chain's lock until then. */
MUST_CHECK enum err audit_write(struct sql_tx *tx, struct arena *arena, const struct deed *deed);

/* Recomputes every chain. *ret_bad: id of the first row that does not fit, 0 when all do. */
MUST_CHECK enum err
audit_verify(struct sql *db, struct arena *arena, int64_t *ret_rows, int64_t *ret_bad);

#endif
