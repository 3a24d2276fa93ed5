#include "sql/record/job.h"

static enum job_lane
lane_of(enum job_kind kind)
{
	return kind == JOB_SEND_SMS ? JOB_LANE_SMS : JOB_LANE_WORK;
}

enum err
job_add(struct sql_tx *tx, enum job_kind kind, int64_t subject, int64_t run_at, int64_t now)
{
	return sql_exec(tx,
	    "INSERT INTO job (kind, lane, subject, state, run_at, created_at)"
	    " VALUES (?, ?, ?, ?, ?, ?)",
	    ARGS(V(job_kind_name(kind)), V(lane_of(kind)), V(subject), V(JOB_STATE_WAITING),
		V(run_at), V(now)),
	    NULL);
}

enum err
job_take(struct sql_tx *tx, struct arena *arena, enum job_lane lane, int64_t now, struct job *ret)
{
	return sql_one(tx->db, arena,
	    "SELECT {} FROM job j WHERE state = ? AND lane = ? AND run_at <= ?"
	    " ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED",
	    ARGS(V(JOB_STATE_WAITING), V(lane), V(now)), job_shape(), ret);
}

enum err
job_begin(struct sql_tx *tx, int64_t id, int64_t run_at)
{
	return sql_exec(tx, "UPDATE job SET attempts = attempts + 1, run_at = ? WHERE id = ?",
	    ARGS(V(run_at), V(id)), NULL);
}

enum err
job_lock(struct sql_tx *tx, struct arena *arena, int64_t id, int64_t attempts)
{
	struct job job;

	return sql_one(tx->db, arena,
	    "SELECT {} FROM job j"
	    " WHERE id = ? AND state = ? AND attempts = ? FOR UPDATE SKIP LOCKED",
	    ARGS(V(id), V(JOB_STATE_WAITING), V(attempts)), job_shape(), &job);
}

enum err
job_done(struct sql_tx *tx, int64_t id)
{
	return sql_exec(tx, "UPDATE job SET state = ?, note = NULL WHERE id = ?",
	    ARGS(V(JOB_STATE_DONE), V(id)), NULL);
}

enum err
job_note(struct sql_tx *tx, int64_t id, const char *note)
{
	return sql_exec(tx, "UPDATE job SET note = ? WHERE id = ? AND state = ?",
	    ARGS(V(note), V(id), V(JOB_STATE_WAITING)), NULL);
}

enum err
job_give_up(struct sql_tx *tx, int64_t id, const char *note)
{
	return sql_exec(tx, "UPDATE job SET state = ?, note = ? WHERE id = ? AND state = ?",
	    ARGS(V(JOB_STATE_GIVEN_UP), V(note), V(id), V(JOB_STATE_WAITING)), NULL);
}

enum err
job_waits(struct sql *db, struct arena *arena, enum job_kind kind, int64_t subject, bool *ret)
{
	struct job job;
	enum err e = sql_one(db, arena,
	    "SELECT {} FROM job j WHERE kind = ? AND subject = ? AND state = ? LIMIT 1",
	    ARGS(V(job_kind_name(kind)), V(subject), V(JOB_STATE_WAITING)), job_shape(), &job);

	*ret = e == ERR_OK;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err
job_purge(struct sql_tx *tx, int64_t before, int64_t limit)
{
	return sql_exec(tx, "DELETE FROM job WHERE state = ? AND run_at < ? LIMIT ?",
	    ARGS(V(JOB_STATE_DONE), V(before), V(limit)), NULL);
}
