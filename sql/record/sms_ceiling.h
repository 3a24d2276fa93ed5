#ifndef SQL_RECORD_SMS_CEILING_H
#define SQL_RECORD_SMS_CEILING_H

#include "sql/db/db.h"

/*
 * How many SMS somebody had, counted in MariaDB and to the second: in any `window` seconds there
 * are at most `most`, wherever they begin and whatever Redis remembers.
 */
struct sms_ceiling {
	const char *subject; /* 64 hex digits (fcgi/crypto/keyring.h) */
	int64_t window;      /* seconds */
	int64_t most;
};

/*
 * One SMS more for each subject, in the transaction that sends it; for none when a ceiling is
 * reached: then *ret_left is in how many seconds it is not, else 0. Those of one subject stand
 * side by side, and subjects always in the same order, so that of many at once none waits for one
 * that waits for it.
 */
MUST_CHECK enum err sms_ceiling_take(struct sql_tx *tx, struct arena *arena,
    const struct sms_ceiling *list, size_t count, int64_t now, int64_t *ret_left);
/* Forget what is older, at most `limit`. */
MUST_CHECK enum err sms_ceiling_purge(struct sql_tx *tx, int64_t before, int64_t limit);

#endif
