#ifndef SQL_JOB_H
#define SQL_JOB_H

#include "sql/db.h"

/*
 * Work that outlives a request: a row written in the transaction of its cause,
 * taken with FOR UPDATE SKIP LOCKED by any number of `portal jobs` processes,
 * retried with back-off, given up visibly.
 */
struct job {
	int64_t id;
	const char *kind; /* handlers/jobs/ has a function of that name */
	int64_t subject;  /* id of the row the work is about */
	int64_t attempts; /* made before this one */
};

/* run_at: Unix seconds, not before. */
MUST_CHECK enum err
job_add(struct sql_tx *tx, const char *kind, int64_t subject, int64_t run_at, int64_t now);
/* The next one due, locked until tx ends. ERR_NOT_FOUND when nothing is due. */
MUST_CHECK enum err job_take(struct sql_tx *tx, struct arena *arena, int64_t now, struct job *ret);
MUST_CHECK enum err job_done(struct sql_tx *tx, int64_t id);
/* note: what went wrong, for the admin site; nothing personal. */
MUST_CHECK enum err job_retry(struct sql_tx *tx, int64_t id, int64_t run_at, const char *note);
MUST_CHECK enum err job_give_up(struct sql_tx *tx, int64_t id, const char *note);

#endif
