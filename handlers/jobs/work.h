#ifndef HANDLERS_JOBS_WORK_H
#define HANDLERS_JOBS_WORK_H

#include "fcgi/http/request.h"
#include "sql/record/job.h"

/*
 * What a job of one kind does. run: does the work inside tx, which is committed with the
 * job's end when it returns ERR_OK and rolled back otherwise. The others may
 * be NULL. begin: what has to be known before run(), in the transaction that
 * counts the attempt; it must not fail for what the job's row says. failed: what has to
 * be put right when another attempt will follow, give_up: after the last one.
 * note: why it failed, nothing personal: the detail of q, else the error's key.
 */
struct job_work {
	enum err (*run)(struct req *q, struct sql_tx *tx, const struct job *job);
	enum err (
	    *give_up)(struct req *q, struct sql_tx *tx, const struct job *job, const char *note);
	enum err (*begin)(struct req *q, struct sql_tx *tx, const struct job *job);
	enum err (
	    *failed)(struct req *q, struct sql_tx *tx, const struct job *job, const char *note);
};

/* Of every kind; one without work does not compile. */
struct job_work job_work(enum job_kind kind);

#endif
