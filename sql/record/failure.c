#include "sql/record/failure.h"

#include "sql/record/job.h"
#include "sql/record/sms.h"

static const struct sql_column job_columns[] = {
	COLUMN(struct failed_job, id),
	COLUMN(struct failed_job, kind),
	COLUMN(struct failed_job, subject),
	COLUMN(struct failed_job, state),
	COLUMN(struct failed_job, attempts),
	COLUMN(struct failed_job, run_at),
	COLUMN(struct failed_job, created_at),
	COLUMN(struct failed_job, note),
};
static const struct sql_shape job_shape = SHAPE(struct failed_job, job_columns);

static const struct sql_column sms_columns[] = {
	COLUMN(struct failed_sms, id),
	COLUMN(struct failed_sms, template_name),
	COLUMN(struct failed_sms, phone_sealed),
	COLUMN(struct failed_sms, state),
	COLUMN(struct failed_sms, attempts),
	COLUMN(struct failed_sms, created_at),
	COLUMN(struct failed_sms, note),
	COLUMN(struct failed_sms, retriable),
};
static const struct sql_shape sms_shape = SHAPE(struct failed_sms, sms_columns);

#define FAILED_JOB " state IN (?, ?) AND (state = ? OR note IS NOT NULL)"
#define FAILED_JOB_ARGS V(JOB_STATE_WAITING), V(JOB_STATE_GIVEN_UP), V(JOB_STATE_GIVEN_UP)

enum err
failed_jobs(struct sql *db, struct arena *arena, int64_t before, int64_t limit,
    const struct failed_job **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT id, kind, subject, state, attempts, run_at, created_at, note FROM job"
	    " FORCE INDEX (by_due) WHERE" FAILED_JOB " AND id < ? ORDER BY id DESC LIMIT ?",
	    ARGS(FAILED_JOB_ARGS, V(before), V(limit)), &job_shape, ret, ret_count);
}

enum err
failed_sms(struct sql *db, struct arena *arena, int64_t before, int64_t limit,
    const struct failed_sms **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT id, template, phone_sealed, state, attempts, created_at, note,"
	    " state = ? AND text_sealed IS NOT NULL FROM sms_message"
	    " WHERE state IN (?, ?, ?, ?) AND (state <> ? OR note IS NOT NULL) AND id < ?"
	    " ORDER BY id DESC LIMIT ?",
	    ARGS(V(SMS_GIVEN_UP), V(SMS_WAITING), V(SMS_GIVEN_UP), V(SMS_UNCERTAIN),
		V(SMS_UNDELIVERED), V(SMS_WAITING), V(before), V(limit)),
	    &sms_shape, ret, ret_count);
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
