#include "sql/record/failure.h"

#include "sql/record/job.h"
#include "sql/record/sms.h"

#define FAILED_JOB " state IN (1, 3) AND (state = 3 OR note IS NOT NULL)"

enum err
failed_jobs(struct sql *db, struct arena *arena, int64_t before, int64_t limit,
    const struct failed_job **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM job j FORCE INDEX (by_due) WHERE" FAILED_JOB
	    " AND id < ? ORDER BY id DESC LIMIT ?",
	    ARGS(V(before), V(limit)), failed_job_shape(), ret, ret_count);
}

enum err
failed_sms(struct sql *db, struct arena *arena, int64_t before, int64_t limit,
    const struct failed_sms **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM sms_message s"
	    " WHERE state IN (1, 3, 5, 7) AND (state <> 1 OR note IS NOT NULL) AND id < ?"
	    " ORDER BY id DESC LIMIT ?",
	    ARGS(V(before), V(limit)), failed_sms_shape(), ret, ret_count);
}

static enum err
one(enum err e, uint64_t changed)
{
	TRY(e);
	return changed == 1 ? ERR_OK : ERR_NOT_FOUND;
}

enum err
failed_job_retry(struct sql_tx *tx, int64_t id, int64_t now)
{
	uint64_t changed = 0;
	enum err e = sql_exec(tx,
	    "UPDATE job SET state = 1, attempts = 0, run_at = ? WHERE id = ? AND" FAILED_JOB,
	    ARGS(V(now), V(id)), &changed);

	return one(e, changed);
}

enum err
failed_job_end(struct sql_tx *tx, int64_t id, int64_t attempts, int64_t now)
{
	uint64_t changed = 0;
	enum err e = sql_exec(tx,
	    "UPDATE job SET attempts = ?, run_at = ? WHERE id = ? AND state = 1"
	    " AND note IS NOT NULL",
	    ARGS(V(attempts), V(now), V(id)), &changed);

	return one(e, changed);
}

enum err
failed_sms_retry(struct sql_tx *tx, int64_t id, int64_t now)
{
	uint64_t changed = 0;
	enum err e = sql_exec(tx,
	    "UPDATE sms_message SET state = 1, note = NULL WHERE id = ? AND state = 3"
	    " AND text_sealed IS NOT NULL",
	    ARGS(V(id)), &changed);

	TRY(one(e, changed));
	return job_add(tx, SMS_JOB, id, now, now);
}
