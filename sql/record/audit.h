#ifndef SQL_RECORD_AUDIT_H
#define SQL_RECORD_AUDIT_H

#include "sql/db/db.h"

/*
 * The audit trail: append-only, hash-chained with SM3, written in the
 * transaction of the deed. Several chains, so that writers rarely wait for one
 * another; the chain is chosen by the actor. Nothing personal goes into it but
 * ids, codes and addresses.
 *
 * Whoever can change rows can compute the hashes behind them anew: what he cannot
 * is sign the ends, which is done by others (sql/record/audit_seal.h).
 */
struct audit_entry {
	unsigned role; /* role.def; 0 nobody signed in */
	int64_t user_id;
	const char *address; /* of the client; "" for jobs */
	const char *name;    /* "application.submit": deed_name() */
	const char *object;  /* what it was done to: "application/<number>", "unit/7" */
	const char *detail;  /* key=value, or "" */
	int64_t now;         /* Unix seconds */
};

#define AUDIT_CHAINS 16

/* Call it last before sql_commit(): it holds the chain's lock until then. */
MUST_CHECK enum err
audit_write(struct sql_tx *tx, struct arena *arena, const struct audit_entry *entry);

/* What a check of all chains found. */
struct audit_report {
	int64_t rows;       /* that fit, over all chains up to the fault */
	bool sound;         /* nothing altered, missing or added */
	int64_t chain, seq; /* where it first does not fit; 0 when sound */
	const char *fault;  /* what is wrong there, a literal; NULL when sound */
};

/*
 * Recomputes every chain as it stood when its turn came; others may go on
 * writing meanwhile. Rows cut off at the end are found by the chain's head.
 * ERR_OK also when the trail is not sound.
 */
MUST_CHECK enum err audit_verify(struct sql *db, struct audit_report *ret);

/* ---- ends of chains -------------------------------------------------------- */

/* The end of a chain at some moment; seq 0: the chain was empty. */
struct audit_end {
	int64_t seq;
	char hash[65];
};

/* Of all chains, at one moment. */
MUST_CHECK enum err audit_ends(struct sql *db, struct audit_end ret[AUDIT_CHAINS]);

/*
 * Does every chain still run through the end it had at `from`, and from there to the one at `to`?
 * As audit_verify(), of what lies between; rows: of those.
 */
MUST_CHECK enum err audit_verify_between(struct sql *db, const struct audit_end from[AUDIT_CHAINS],
    const struct audit_end to[AUDIT_CHAINS], struct audit_report *ret);

#endif
