#include "sql/bench.h"

static const struct sql_column columns[] = {
	COLUMN(struct bench, ran_at),
	COLUMN(struct bench, ran_ok),
	COLUMN(struct bench, passed_at),
	COLUMN(struct bench, transcript),
};
static const struct sql_shape shape = SHAPE(struct bench, columns);

enum err
bench_get(struct sql *db, struct arena *arena, int64_t application_id, struct bench *ret)
{
	return sql_one(db, arena,
	    "SELECT ran_at, ran_ok, passed_at, transcript FROM bench WHERE application_id = ?",
	    ARGS(V(application_id)), &shape, ret);
}

enum err
bench_put(struct sql_tx *tx, int64_t application_id, const char *transcript, int64_t now)
{
	bool ok = transcript != NULL;

	/* a failure leaves the last success as it was */
	return sql_exec(tx,
	    "INSERT INTO bench (application_id, ran_at, ran_ok, passed_at, transcript)"
	    " VALUES (?, ?, ?, IF(?, ?, NULL), ?)"
	    " ON DUPLICATE KEY UPDATE ran_at = VALUES(ran_at), ran_ok = VALUES(ran_ok),"
	    " passed_at = COALESCE(VALUES(passed_at), passed_at),"
	    " transcript = COALESCE(VALUES(transcript), transcript)",
	    ARGS(V(application_id), V(now), V(ok), V(ok), V(now), V(transcript)), NULL);
}
