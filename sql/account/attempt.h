#ifndef SQL_ACCOUNT_ATTEMPT_H
#define SQL_ACCOUNT_ATTEMPT_H

#include "sql/db/db.h"

/*
 * Tries at a password or a code, counted in buckets. A bucket that has had its
 * most is full until a moment in MariaDB, whatever Redis remembers.
 */
struct attempt_bucket {
	const char
	    *subject;       /* 64 hex digits (fcgi/crypto/keyring.h), or "" for whichever account */
	const char *source; /* likewise of an address or a browser */
	int64_t window;     /* seconds from its first */
	int64_t most;
	int64_t lock; /* seconds it stays full from the try that filled it */
};

struct attempt_count {
	size_t full;   /* the first bucket that was full already; `count` when none was */
	int64_t until; /* Unix second at which that one is empty again */
	bool last;     /* the last bucket has no try left after this one */
};

/*
 * One try more in each of the buckets, committed before this returns, for what
 * comes of the try is known only afterwards; in none of them when one is full.
 * Call it outside of transactions, with the buckets always in the same order.
 */
MUST_CHECK enum err attempt_take(struct sql *db, struct arena *arena,
    const struct attempt_bucket *buckets, size_t count, int64_t now, struct attempt_count *ret);
/* The try was right: the last bucket is empty again, the others have this one back. */
MUST_CHECK enum err
attempt_give_back(struct sql *db, const struct attempt_bucket *buckets, size_t count);

/* All buckets of a subject are empty: its password is a new one. */
MUST_CHECK enum err attempt_clear(struct sql_tx *tx, const char *subject);
/* Forget what is over, at most `limit`. */
MUST_CHECK enum err attempt_purge(struct sql_tx *tx, int64_t now, int64_t limit);

#endif
