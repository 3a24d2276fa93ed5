/* Jobs on two connections, and the loop's own step with real rows. */
#include <string.h>

#include "fcgi/base/array.h"
#include "handlers/jobs/jobs.h"
#include "handlers/jobs/loop.h"
#include "handlers/jobs/work.h"
#include "tests/support/database.h"

/* Long ago, so that no job of anybody else is due before ours. */
static int64_t now = 1000000;

/* ---- the kinds of this test, in place of handlers/jobs/work.c ------------- */

#define TEST JOB_IMPORT_CHECK /* no other test of the database has jobs of these */
#define EFFECT JOB_IMPORT_RUN

static int64_t ran, gave_up;
static enum err outcome;

static enum err
run_it(struct req *q, struct sql_tx *tx, const struct job *job)
{
	(void)q;
	ran = job->subject;
	/* an effect that must not stay when the job fails */
	TRY(job_add(tx, EFFECT, job->subject, INT64_MAX, now));
	return outcome;
}

static enum err
give_it_up(struct req *q, struct sql_tx *tx, const struct job *job, const char *note)
{
	(void)note;
	(void)q;
	(void)tx;
	gave_up = job->subject;
	return ERR_OK;
}

struct job_work
job_work(enum job_kind kind)
{
	CU_ASSERT_EQUAL(kind, TEST);
	return (struct job_work){ .run = run_it, .give_up = give_it_up };
}

enum err
janitor_run(struct req *q)
{
	(void)q;
	return ERR_OK;
}

/* ---- helpers --------------------------------------------------------------- */

static enum err
add(enum job_kind kind, int64_t subject)
{
	SQL_TX(tx, db);
	TRY(job_add(&tx, kind, subject, now, now));
	return sql_commit(&tx);
}

static enum err
end_all(void)
{
	SQL_TX(tx, db);
	TRY(sql_exec(&tx,
	    "UPDATE job SET state = 2 WHERE kind IN ('import_check', 'strange', 'import_run')",
	    NO_ARGS, NULL));
	return sql_commit(&tx);
}

static int64_t
begin(void)
{
	CU_ASSERT_EQUAL_FATAL(end_all(), ERR_OK);
	now += 100000;
	ran = gave_up = 0;
	outcome = ERR_OK;
	return test_number();
}

static enum err
step(int64_t at)
{
	struct req q = { .db = db, .arena = arena, .now = at };

	return job_step(&q);
}

static int64_t
of(const char *column_text, int64_t subject)
{
	return test_count(column_text, ARGS(V(subject)));
}

#define STATE "SELECT state FROM job WHERE kind <> 'import_run' AND subject = ?"
#define ATTEMPTS "SELECT attempts FROM job WHERE kind <> 'import_run' AND subject = ?"
#define RUN_AT "SELECT run_at FROM job WHERE kind <> 'import_run' AND subject = ?"
#define EFFECTS "SELECT COUNT(*) FROM job WHERE kind = 'import_run' AND subject = ?"

/* ---- tests ----------------------------------------------------------------- */

static enum err
take_two(struct sql *other, int64_t *ret_first, enum err *ret_second)
{
	struct job first, second;

	SQL_TX(tx, db);
	TRY(job_take(&tx, arena, now, &first));
	*ret_first = first.subject;
	SQL_TX(tx2, other);
	*ret_second = job_take(&tx2, arena, now, &second);
	return ERR_OK;
}

static void
two_workers_never_take_the_same(void)
{
	struct sql *other = test_connect(5);
	int64_t subject = begin(), first = 0;
	enum err second = ERR_OK;

	CU_ASSERT_EQUAL(add(TEST, subject), ERR_OK);
	CU_ASSERT_EQUAL(take_two(other, &first, &second), ERR_OK);
	CU_ASSERT_EQUAL(first, subject);
	CU_ASSERT_EQUAL(second, ERR_NOT_FOUND); /* skipped, not waited for */
	sql_close(other);
}

static void
a_job_and_its_effect_are_done_together(void)
{
	int64_t subject = begin();

	CU_ASSERT_EQUAL(add(TEST, subject), ERR_OK);
	CU_ASSERT_EQUAL(step(now - 1), ERR_NOT_FOUND); /* not due yet */
	CU_ASSERT_EQUAL(step(now), ERR_OK);
	CU_ASSERT_EQUAL(ran, subject);
	CU_ASSERT_EQUAL(of(STATE, subject), 2);
	CU_ASSERT_EQUAL(of(EFFECTS, subject), 1);
	CU_ASSERT_EQUAL(step(now), ERR_NOT_FOUND);
}

static void
a_failed_job_leaves_nothing_and_comes_again(void)
{
	int64_t subject = begin();

	CU_ASSERT_EQUAL(add(TEST, subject), ERR_OK);
	outcome = ERR_UNAVAILABLE;
	CU_ASSERT_EQUAL(step(now), ERR_OK);
	CU_ASSERT_EQUAL(of(STATE, subject), 1);
	CU_ASSERT_EQUAL(of(ATTEMPTS, subject), 1);
	CU_ASSERT_EQUAL(of(RUN_AT, subject), now + 5);
	CU_ASSERT_EQUAL(of(EFFECTS, subject), 0);
	CU_ASSERT_EQUAL(test_count("SELECT note = 'UNAVAILABLE' FROM job WHERE subject = ?",
			    ARGS(V(subject))),
	    1);
	CU_ASSERT_EQUAL(step(now + 4), ERR_NOT_FOUND);
	outcome = ERR_OK;
	CU_ASSERT_EQUAL(step(now + 5), ERR_OK);
	CU_ASSERT_EQUAL(of(STATE, subject), 2);
	CU_ASSERT_EQUAL(of(EFFECTS, subject), 1);
}

static void
the_pauses_grow_to_an_hour(void)
{
	static const int64_t expected[] = { 5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600,
		3600 };

	for (size_t i = 0; i < COUNT(expected); i++)
		CU_ASSERT_EQUAL(job_delay((int64_t)i + 1), expected[i]);
	CU_ASSERT_EQUAL(job_delay(INT64_MAX), 3600);
}

static void
after_twelve_attempts_it_is_given_up(void)
{
	int64_t subject = begin(), at = now;

	CU_ASSERT_EQUAL(add(TEST, subject), ERR_OK);
	outcome = ERR_INTERNAL;
	for (int n = 1; n <= JOB_ATTEMPTS_MAX; n++) {
		CU_ASSERT_EQUAL(gave_up, 0);
		CU_ASSERT_EQUAL(step(at), ERR_OK);
		CU_ASSERT_EQUAL(of(ATTEMPTS, subject), n);
		at += job_delay(n);
	}
	CU_ASSERT_EQUAL(gave_up, subject);
	CU_ASSERT_EQUAL(of(STATE, subject), 3);
	CU_ASSERT_EQUAL(step(at), ERR_NOT_FOUND);
}

/* A process killed in the middle: its attempt was begun and nothing more. */
static enum err
begin_and_die(int64_t at)
{
	struct job job;

	SQL_TX(tx, db);
	TRY(job_take(&tx, arena, at, &job));
	TRY(job_begin(&tx, job.id, at + job_delay(job.attempts + 1)));
	return sql_commit(&tx);
}

static void
a_job_that_kills_its_process_does_not_hold_up_the_others(void)
{
	int64_t deadly = begin(), other = test_number(), at = now;

	CU_ASSERT_EQUAL(add(TEST, deadly), ERR_OK);
	CU_ASSERT_EQUAL(begin_and_die(at), ERR_OK);
	CU_ASSERT_EQUAL(add(TEST, other), ERR_OK);
	CU_ASSERT_EQUAL(step(at), ERR_OK);
	CU_ASSERT_EQUAL(ran, other);
	for (int n = 2; n <= JOB_ATTEMPTS_MAX; n++) {
		at += job_delay(n - 1);
		CU_ASSERT_EQUAL(begin_and_die(at), ERR_OK);
	}
	at += job_delay(JOB_ATTEMPTS_MAX);
	CU_ASSERT_EQUAL(step(at), ERR_OK);
	CU_ASSERT_EQUAL(ran, other); /* not tried once more */
	CU_ASSERT_EQUAL(of(STATE, deadly), 3);
	CU_ASSERT_EQUAL(gave_up, deadly);
}

static enum err
lock_in(struct sql *on, int64_t subject, int64_t attempts)
{
	int64_t id = test_count("SELECT id FROM job WHERE subject = ?", ARGS(V(subject)));

	SQL_TX(tx, on);
	return job_lock(&tx, arena, id, attempts);
}

static void
only_the_last_attempt_may_end_a_job(void)
{
	int64_t subject = begin();

	CU_ASSERT_EQUAL(add(TEST, subject), ERR_OK);
	CU_ASSERT_EQUAL(begin_and_die(now), ERR_OK);
	CU_ASSERT_EQUAL(begin_and_die(now + 5), ERR_OK);
	CU_ASSERT_EQUAL(lock_in(db, subject, 1), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(lock_in(db, subject, 2), ERR_OK);
}

static enum err
add_strange(int64_t subject)
{
	SQL_TX(tx, db);
	TRY(sql_exec(&tx,
	    "INSERT INTO job (kind, subject, state, run_at, created_at)"
	    " VALUES ('strange', ?, 1, ?, ?)",
	    ARGS(V(subject), V(now), V(now)), NULL));
	return sql_commit(&tx);
}

static void
a_kind_of_a_newer_program_waits(void)
{
	int64_t subject = begin();

	CU_ASSERT_EQUAL(add_strange(subject), ERR_OK);
	CU_ASSERT_EQUAL(step(now), ERR_OK);
	CU_ASSERT_EQUAL(of(STATE, subject), 1);
	CU_ASSERT_EQUAL(test_count("SELECT note = 'UNKNOWN_KIND' FROM job WHERE subject = ?",
			    ARGS(V(subject))),
	    1);
}

static enum err
purge(int64_t before)
{
	SQL_TX(tx, db);
	TRY(job_purge(&tx, before, 1000000));
	return sql_commit(&tx);
}

static void
done_jobs_are_forgotten_given_up_ones_not(void)
{
	int64_t subject = begin();

	CU_ASSERT_EQUAL(add(TEST, subject), ERR_OK);
	CU_ASSERT_EQUAL(step(now), ERR_OK);
	CU_ASSERT_EQUAL(purge(now), ERR_OK);
	CU_ASSERT_EQUAL(of("SELECT COUNT(*) FROM job WHERE kind = 'import_check' AND subject = ?",
			    subject),
	    1);
	CU_ASSERT_EQUAL(purge(now + 100), ERR_OK);
	CU_ASSERT_EQUAL(of("SELECT COUNT(*) FROM job WHERE kind = 'import_check' AND subject = ?",
			    subject),
	    0);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "two workers never take the same", two_workers_never_take_the_same },
		{ "a job and its effect are done together",
		    a_job_and_its_effect_are_done_together },
		{ "a failed job leaves nothing and comes again",
		    a_failed_job_leaves_nothing_and_comes_again },
		{ "the pauses grow to an hour", the_pauses_grow_to_an_hour },
		{ "after twelve attempts it is given up", after_twelve_attempts_it_is_given_up },
		{ "a job that kills its process does not hold up the others",
		    a_job_that_kills_its_process_does_not_hold_up_the_others },
		{ "only the last attempt may end a job", only_the_last_attempt_may_end_a_job },
		{ "a kind of a newer program waits", a_kind_of_a_newer_program_waits },
		{ "done jobs are forgotten, given up ones not",
		    done_jobs_are_forgotten_given_up_ones_not },
		CU_TEST_INFO_NULL,
	};

	return test_main("job", tests);
}
