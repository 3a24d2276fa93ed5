#include "sql/application/statistic.h"

#include "handlers/admin/admin.h"
#include "handlers/jobs/jobs.h"
#include "handlers/statistic/query.h"
#include "sql/application/application_event.h"
#include "tests/support/applications.h"

/* Monday, 2095-03-07, 10:00 in Asia/Shanghai: no holiday is listed so far ahead. */
#define BEGAN INT64_C(3950301600)
#define DAY INT64_C(86400)
#define MONTH 209503

static const struct statistic_range march = { MONTH, MONTH, 0 };

/* As the program tells it, without changing the application: this is about what is counted. */
static void
step(const struct application *a, enum event event, enum state from, enum desk desk, int64_t at)
{
	const struct transition *row = workflow_step(from, event, desk);
	struct application_event e = {
		.event = event,
		.from_state = from,
		.to_state = row->to,
		.desk = desk,
		.actor_role = 2,
		.actor_id = 9,
		.actor_name = "某局",
		.created_at = at,
	};

	WRITE(ERR_OK, application_event_add(&tx, a->id, &e));
}

/* A region of its own, with an application that was rejected once and passed two desks. */
static struct application
told(int64_t first_bureau)
{
	bureau = first_bureau;
	struct application a = new_draft(new_unit(), test_number());

	step(&a, EVENT_SUBMIT, STATE_DRAFT, DESK_NONE, BEGAN);
	step(&a, EVENT_REJECT, STATE_APPLY_LOCAL, DESK_LOCAL, BEGAN + 3 * DAY); /* 3 working days */
	step(&a, EVENT_SUBMIT, STATE_APPLY_REJECTED, DESK_NONE, BEGAN + 4 * DAY);
	step(&a, EVENT_PASS, STATE_APPLY_LOCAL, DESK_LOCAL,
	    BEGAN + 7 * DAY); /* over a week-end: 1 */
	step(&a, EVENT_PASS, STATE_APPLY_PROVINCE, DESK_PROVINCE, BEGAN + 7 * DAY + 600);
	return a;
}

static struct req
request(void)
{
	return (
	    struct req){ .db = db, .arena = arena_new((size_t)16 << 20), .now = BEGAN + 30 * DAY };
}

/* Counts whatever others left behind, too. */
static void
count(void)
{
	struct req q = request();

	CU_ASSERT_EQUAL(statistics_run(&q), ERR_OK);
	arena_free(q.arena);
}

static int64_t
steps_of(int64_t bureau_id)
{
	return test_count("SELECT COALESCE(SUM(steps), 0) FROM statistic WHERE bureau_id = ?",
	    ARGS(V(bureau_id)));
}

static struct figures
figures(int64_t bureau_id)
{
	struct figures *months;

	OK(statistic_months(db, arena, bureau_id, &march, &months));
	return months[0];
}

static void
check_figures(int64_t bureau_id, int64_t times)
{
	struct figures f = figures(bureau_id);

	CU_ASSERT_EQUAL(f.submitted, 2 * times);
	CU_ASSERT_EQUAL(f.desks[DESK_LOCAL].passed, times);
	CU_ASSERT_EQUAL(f.desks[DESK_LOCAL].rejected, times);
	CU_ASSERT_EQUAL(f.desks[DESK_LOCAL].within[1], times);
	CU_ASSERT_EQUAL(f.desks[DESK_LOCAL].within[3], times);
	CU_ASSERT_EQUAL(f.desks[DESK_PROVINCE].within[0], times);
	CU_ASSERT_EQUAL(f.desks[DESK_NATION].passed, 0);
	CU_ASSERT_EQUAL(pass_rate(&f.desks[DESK_LOCAL]), 500);
	CU_ASSERT_EQUAL(days_within(&f.desks[DESK_LOCAL], 50), 1);
	CU_ASSERT_EQUAL(days_within(&f.desks[DESK_LOCAL], 90), 3);
	CU_ASSERT_EQUAL(days_within(&f.desks[DESK_NATION], 50), -1);
}

static void
every_bureau_counts_every_step_once(void)
{
	int64_t first = test_number();

	told(first);
	told(first);
	CU_ASSERT_EQUAL(steps_of(first), 0);
	count();
	for (int64_t b = first; b < first + 3; b++)
		check_figures(b, 2);
	count();
	for (int64_t b = first; b < first + 3; b++)
		check_figures(b, 2);
}

/* 直辖市: one bureau is 地方 and 省. */
static void
a_bureau_with_two_desks_counts_once(void)
{
	int64_t first = test_number();
	struct application a = told(first);

	WRITE(ERR_OK, sql_exec(&tx, "UPDATE application SET province_bureau = ? WHERE id = ?",
			  ARGS(V(first), V(a.id)), NULL));
	count();
	check_figures(first, 1);
	CU_ASSERT_EQUAL(steps_of(first + 1), 0);
}

static void
what_is_cut_short_is_counted_once(void)
{
	int64_t first = test_number();
	const struct statistic_step *steps;
	size_t n;

	told(first);
	{ /* killed after everything but the commit */
		struct sql_tx tx;
		const struct statistic_cell cell = { first, MONTH, 1, 0, EVENT_SUBMIT, 0, 7 };

		OK(sql_begin(&tx, db));
		OK(statistic_lock(&tx, arena, false));
		OK(statistic_take(&tx, arena, 1000, &steps, &n));
		CU_ASSERT(n >= 5);
		OK(statistic_add(&tx, arena, &cell, 1));
		OK(statistic_strike(&tx, arena, steps, n));
		sql_tx_end(&tx);
	}
	CU_ASSERT_EQUAL(steps_of(first), 0);
	count();
	check_figures(first, 1);
}

static void
only_one_counts_at_a_time(void)
{
	int64_t first = test_number();
	struct sql *other = test_connect(5);
	struct sql_tx tx;

	told(first);
	OK(sql_begin(&tx, other));
	OK(statistic_lock(&tx, arena, false));
	count(); /* finds it taken and leaves it at that */
	CU_ASSERT_EQUAL(steps_of(first), 0);
	sql_tx_end(&tx);
	count();
	check_figures(first, 1);
	sql_close(other);
}

/* While a step is being taken its note is not there; those around it are counted. */
static void
a_step_that_commits_late_is_not_lost(void)
{
	int64_t first = test_number();
	struct sql *other = test_connect(5);
	struct application a = told(first);
	struct sql_tx late;

	struct application_event e = { EVENT_SUBMIT, EVENT_SUBMIT, STATE_DRAFT, STATE_APPLY_LOCAL,
		DESK_NONE, 0, 2, 9, "某单位", NULL, false, 1, BEGAN };
	OK(sql_begin(&late, other));
	OK(application_event_add(&late, a.id, &e)); /* its id comes before the next ones */
	told(first);
	count();
	check_figures(first, 2);
	OK(sql_commit(&late));
	count();
	CU_ASSERT_EQUAL(figures(first).submitted, 5);
	sql_close(other);
}

static void
counted_anew_is_the_same(void)
{
	int64_t first = test_number();
	struct req q = request();

	told(first);
	told(first);
	count();
	told(first); /* noted, not counted */
	WRITE(ERR_OK, sql_exec(&tx, "UPDATE statistic SET steps = steps + 5 WHERE bureau_id = ?",
			  ARGS(V(first)), NULL));
	CU_ASSERT_EQUAL(statistics_rebuild(&q, 0, NULL), 0);
	check_figures(first, 2);
	count();
	check_figures(first, 3);
	/* and both are what 审核记录 itself says */
	CU_ASSERT_EQUAL(steps_of(first),
	    test_count("SELECT COUNT(*) FROM application_event e"
		       " JOIN application a ON a.id = e.application_id WHERE a.local_bureau = ?",
		ARGS(V(first))));
	arena_free(q.arena);
}

static void
a_phase_is_told_apart(void)
{
	int64_t first = test_number();
	struct application a = told(first);
	const struct statistic_range accept = { MONTH, MONTH, PHASE_ACCEPT };
	struct figures *months;

	step(&a, EVENT_SUBMIT, STATE_APPLIED, DESK_NONE, BEGAN + 8 * DAY);
	step(&a, EVENT_DISCARD, STATE_APPLIED, DESK_NONE,
	    BEGAN + 9 * DAY); /* of the first */
	count();
	OK(statistic_months(db, arena, first, &accept, &months));
	CU_ASSERT_EQUAL(months[0].submitted, 1);
	CU_ASSERT_EQUAL(months[0].discarded, 0);
	CU_ASSERT_EQUAL(figures(first).submitted, 3);
	CU_ASSERT_EQUAL(figures(first).discarded, 1);
}

static CU_TestInfo tests[] = {
	{ "every bureau counts every step once", every_bureau_counts_every_step_once },
	{ "a bureau with two desks counts once", a_bureau_with_two_desks_counts_once },
	{ "what is cut short is counted once", what_is_cut_short_is_counted_once },
	{ "only one counts at a time", only_one_counts_at_a_time },
	{ "a step that commits late is not lost", a_step_that_commits_late_is_not_lost },
	{ "counted anew is the same", counted_anew_is_the_same },
	{ "a phase is told apart", a_phase_is_told_apart },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	return test_main("statistic", tests);
}
