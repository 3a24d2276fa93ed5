#include "handlers/jobs/loop.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fcgi/base/array.h"
#include "fcgi/base/log.h"
#include "fcgi/crypto/keyring.h"
#include "handlers/jobs/jobs.h"
#include "handlers/jobs/work.h"

#define IDLE_MS 500         /* between looks when nothing is due */
#define AWAY_MS 5000        /* when the database is away */
#define RETRY 60            /* seconds after which a routine that failed is tried again */
#define DELAY_FIRST 5       /* seconds */
#define DELAY_MAX (60 * 60) /* seconds */

/* What is done between the jobs, every so many seconds. */
static const struct {
	enum err (*run)(struct req *q);
	int64_t every;
} routines[] = {
	{ statistics_run, 5 },
	{ janitor_run, 10 * 60 },
};
#define ROUTINES (COUNT(routines))

int64_t
job_delay(int64_t n)
{
	int64_t delay = DELAY_FIRST;

	while (--n > 0 && delay < DELAY_MAX)
		delay *= 2;
	return delay < DELAY_MAX ? delay : DELAY_MAX;
}

/* Nothing is to be done for a kind of a newer program. */
static struct job_work
work_of(const struct job *job)
{
	enum job_kind kind;

	return job_kind_by_name(job->kind, &kind) ? job_work(kind)
						  : (struct job_work){ .run = NULL };
}

/* Count the attempt before it is made: a job that kills its process must not come first again. */
static enum err
begin(struct req *q, struct job *ret)
{
	struct job job;

	SQL_TX(tx, q->db);
	TRY(job_take(&tx, q->arena, q->now, &job));
	job.attempts++;
	TRY(job_begin(&tx, job.id, q->now + job_delay(job.attempts)));
	struct job_work work = work_of(&job);
	if (work.begin)
		TRY(work.begin(q, &tx, &job));
	TRY(sql_commit(&tx));
	*ret = job;
	return ERR_OK;
}

static enum err
attempt(struct req *q, const struct job *job)
{
	struct job_work work = work_of(job);

	if (!work.run || job->attempts > JOB_ATTEMPTS_MAX)
		/* of a newer program; ended by hand; or the last attempt never ended */
		return refuse(q, ERR_INTERNAL, work.run ? "no attempts left" : NULL);
	SQL_TX(tx, q->db);
	TRY(job_lock(&tx, q->arena, job->id, job->attempts));
	TRY(work.run(q, &tx, job));
	TRY(job_done(&tx, job->id));
	return sql_commit(&tx);
}

static enum err
settle(struct req *q, const struct job *job, enum err why)
{
	struct job_work work = work_of(job);
	const char *note = !work.run ? "UNKNOWN_KIND" : q->detail ? q->detail : err_info(why)->key;

	SQL_TX(tx, q->db);
	TRY(job_lock(&tx, q->arena, job->id, job->attempts));
	if (job->attempts < JOB_ATTEMPTS_MAX) {
		if (work.failed)
			TRY(work.failed(q, &tx, job, note));
		TRY(job_note(&tx, job->id, note));
	} else {
		log_line(LOG_ERROR, "jobs", "what=given_up kind=%s id=%lld why=\"%s\"", job->kind,
		    (long long)job->id, note);
		if (work.give_up)
			TRY(work.give_up(q, &tx, job, note));
		TRY(job_give_up(&tx, job->id, note));
	}
	return sql_commit(&tx);
}

enum err
job_step(struct req *q)
{
	struct job job;

	TRY(begin(q, &job));
	enum err e = attempt(q, &job);
	if (e == ERR_OK)
		return ERR_OK;
	log_line(LOG_WARN, "jobs", "what=failed kind=%s id=%lld attempt=%lld why=%s", job.kind,
	    (long long)job.id, (long long)job.attempts, err_info(e)->key);
	e = settle(q, &job, e);
	return e == ERR_NOT_FOUND ? ERR_OK : e; /* somebody else has it now */
}

/* ---- the process --------------------------------------------------------- */

/* Wait, or return true at once when we are asked to end. */
static bool
ended_within(const sigset_t *signals, int64_t ms)
{
	struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };
	int got;

	do
		got = sigtimedwait(signals, NULL, &t);
	while (got < 0 && errno == EINTR);
	return got > 0;
}

/* A fresh request, as the dispatcher does between two of them. */
static void
fresh(struct req *q)
{
	req_release(q);
	q->now = (int64_t)time(NULL);
	sql_ready(q->db);
	keyring_refresh(q->keyring);
	keyring_refresh(q->vault);
}

static int64_t
pause_after(enum err e)
{
	if (e == ERR_OK || e == ERR_CONFLICT)
		return 0;
	return e == ERR_NOT_FOUND ? IDLE_MS : AWAY_MS;
}

static int
drain(struct req *q)
{
	enum err e;

	do {
		fresh(q);
		e = job_step(q);
	} while (e == ERR_OK || e == ERR_CONFLICT);
	for (size_t i = 0; e == ERR_NOT_FOUND && i < ROUTINES; i++) {
		fresh(q);
		if (routines[i].run(q) != ERR_OK)
			e = ERR_UNAVAILABLE;
	}
	return e == ERR_NOT_FOUND ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* due: when each routine is next done; one that fails, within a minute. */
static void
do_routines(struct req *q, int64_t due[ROUTINES])
{
	for (size_t i = 0; i < ROUTINES; i++) {
		if (q->now < due[i])
			continue;
		fresh(q);
		enum err e = routines[i].run(q);
		int64_t every = routines[i].every;
		due[i] = q->now + (e == ERR_OK || every < RETRY ? every : RETRY);
	}
}

int
jobs_main(struct req *q, bool once)
{
	int64_t due[ROUTINES] = { 0 }, wait = 0;
	sigset_t signals;

	if (once)
		return drain(q);
	/* Blocked, so that a job is never cut in two; asked for between two jobs. */
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	while (!ended_within(&signals, wait)) {
		fresh(q);
		wait = pause_after(job_step(q));
		do_routines(q, due);
	}
	return EXIT_SUCCESS;
}
