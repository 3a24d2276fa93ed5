#ifndef SQL_RECORD_JOB_H
#define SQL_RECORD_JOB_H

#include "handlers/rules/table/names.h"
#include "sql/db/db.h"

/*
 * Jobs that do not wait for each other: somebody stands at a login page and waits for an SMS, while
 * an import may take minutes. Each lane has processes of its own.
 */
enum job_lane { JOB_LANE_WORK, JOB_LANE_SMS, JOB_LANES };

enum job_state { JOB_STATE_WAITING = 1, JOB_STATE_DONE = 2, JOB_STATE_GIVEN_UP = 3 };

/*
 * Work that outlives a request: a row written in the transaction of its cause,
 * taken with FOR UPDATE SKIP LOCKED by any number of `portal jobs` processes,
 * retried with back-off, given up visibly.
 *
 * An attempt takes two transactions. The first counts it and puts the job off
 * (job_take, job_begin): whatever becomes of the attempt, a process killed in
 * it included, the job is due again later and the others go on. The second
 * (job_lock) holds the row while the work is done, so that its effect and its
 * end are committed together.
 */
#define JOB_COLUMNS(C, E)                                                                          \
	C(INT, j, id)                                                                              \
	C(TEXT, j, kind)    /* job_kind_name(), unless another version of the program wrote it */  \
	C(INT, j, subject)  /* id of the row the work is about */                                  \
	C(INT, j, attempts) /* begun so far */
SQL_ROW(job, JOB_COLUMNS)

/* run_at: Unix seconds, not before. */
MUST_CHECK enum err
job_add(struct sql_tx *tx, enum job_kind kind, int64_t subject, int64_t run_at, int64_t now);
/* The next one due in its lane, locked until tx ends. ERR_NOT_FOUND when nothing is due. */
MUST_CHECK enum err
job_take(struct sql_tx *tx, struct arena *arena, enum job_lane lane, int64_t now, struct job *ret);
/* One more attempt begins now; unless it ends the job, the next is due at run_at. */
MUST_CHECK enum err job_begin(struct sql_tx *tx, int64_t id, int64_t run_at);
/*
 * Hold a job that job_begin() was committed for; attempts: its number. Only
 * while this is the last attempt begun: ERR_NOT_FOUND when another one has
 * taken over or the job is at its end.
 */
MUST_CHECK enum err job_lock(struct sql_tx *tx, struct arena *arena, int64_t id, int64_t attempts);
MUST_CHECK enum err job_done(struct sql_tx *tx, int64_t id);
/* note: what went wrong, for the admin site; nothing personal. */
MUST_CHECK enum err job_note(struct sql_tx *tx, int64_t id, const char *note);
MUST_CHECK enum err job_give_up(struct sql_tx *tx, int64_t id, const char *note);
/* Is a job of this kind about this subject waiting? */
MUST_CHECK enum err
job_waits(struct sql *db, struct arena *arena, enum job_kind kind, int64_t subject, bool *ret);
/* Forget done jobs older than `before`, at most `limit`. Given up ones stay. */
MUST_CHECK enum err job_purge(struct sql_tx *tx, int64_t before, int64_t limit);

#endif
