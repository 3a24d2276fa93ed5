#include "sql/key/selftest.h"

enum err
selftest_get(struct sql *db, struct arena *arena, int64_t application_id, struct selftest *ret)
{
	return sql_one(db, arena, "SELECT {} FROM selftest s WHERE application_id = ?",
	    ARGS(V(application_id)), selftest_shape(), ret);
}

enum err
selftest_put(struct sql_tx *tx, int64_t application_id, const char *transcript, int64_t now)
{
	bool ok = transcript != NULL;

	/* a failure leaves the last success as it was */
	return sql_exec(tx,
	    "INSERT INTO selftest (application_id, ran_at, ran_ok, passed_at, transcript)"
	    " VALUES (?, ?, ?, IF(?, ?, NULL), ?)"
	    " ON DUPLICATE KEY UPDATE ran_at = VALUES(ran_at), ran_ok = VALUES(ran_ok),"
	    " passed_at = COALESCE(VALUES(passed_at), passed_at),"
	    " transcript = COALESCE(VALUES(transcript), transcript)",
	    ARGS(V(application_id), V(now), V(ok), V(ok), V(now), V(transcript)), NULL);
}
