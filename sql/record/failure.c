#include "sql/record/failure.h"

#include "sql/record/job.h"
#include "sql/record/sms.h"

#define FAILED_JOB " state IN (?, ?) AND (state = ? OR note IS NOT NULL)"
#define FAILED_JOB_ARGS V(JOB_STATE_WAITING), V(JOB_STATE_GIVEN_UP), V(JOB_STATE_GIVEN_UP)

enum err
failed_jobs(struct sql *db, struct arena *arena, int64_t before, int64_t limit,
    const struct failed_job **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM job j FORCE INDEX (by_due) WHERE" FAILED_JOB
	    " AND id < ? ORDER BY id DESC LIMIT ?",
	    ARGS(FAILED_JOB_ARGS, V(before), V(limit)), failed_job_shape(), ret, ret_count);
}

enum err
failed_sms(struct sql *db, struct arena *arena, int64_t before, int64_t limit,
    const struct failed_sms **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM sms_message s"
	    " WHERE state IN (?, ?, ?, ?) AND (state <> ? OR note IS NOT NULL) AND id < ?"
	    " ORDER BY id DESC LIMIT ?",
	    ARGS(V(SMS_WAITING), V(SMS_GIVEN_UP), V(SMS_UNCERTAIN), V(SMS_UNDELIVERED),
		V(SMS_WAITING), V(before), V(limit)),
	    failed_sms_shape(), ret, ret_count);
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
	    "UPDATE job SET state = ?, attempts = 0, run_at = ? WHERE id = ? AND" FAILED_JOB,
	    ARGS(V(JOB_STATE_WAITING), V(now), V(id), FAILED_JOB_ARGS), &changed);

	return one(e, changed);
}

enum err
failed_job_end(struct sql_tx *tx, int64_t id, int64_t attempts, int64_t now)
{
	uint64_t changed = 0;
	enum err e = sql_exec(tx,
	    "UPDATE job SET attempts = ?, run_at = ? WHERE id = ? AND state = ?"
	    " AND note IS NOT NULL",
	    ARGS(V(attempts), V(now), V(id), V(JOB_STATE_WAITING)), &changed);

	return one(e, changed);
}

enum err
failed_sms_retry(struct sql_tx *tx, int64_t id, int64_t now)
{
	uint64_t changed = 0;
	enum err e = sql_exec(tx,
	    "UPDATE sms_message SET state = ?, note = NULL WHERE id = ? AND state = ?"
	    " AND text_sealed IS NOT NULL",
	    ARGS(V(SMS_WAITING), V(id), V(SMS_GIVEN_UP)), &changed);

	TRY(one(e, changed));
	return job_add(tx, JOB_SEND_SMS, id, now, now);
}
