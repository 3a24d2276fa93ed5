#include "handlers/statistic/desk_durations.h"
#include "sql/application/desk_duration.h"
#include "sql/application/statistic.h"
#include "sql/catalogue/bureau.h"
#include "tests/support/applications.h"

/* Monday, 2096-03-05, 10:00 in Asia/Shanghai: far from what other tests leave behind. */
#define BEGAN INT64_C(3981751200)
#define DAY (24 * 3600)

static int64_t
nation(void)
{
	struct bureau b;

	WRITE(ERR_OK, sql_exec(&tx,
			  "INSERT IGNORE INTO bureau (region_code, name, level, prefix)"
			  " VALUES ('100000', '国家医疗保障局', 1, '')",
			  NO_ARGS, NULL));
	OK(bureau_by_region(db, arena, "100000", &b));
	return b.id;
}

/* So many decisions of 地方 about a 申请单, each after so many working days. */
static void
decided(int64_t month, int64_t days, int64_t steps)
{
	const struct statistic_cell cell = {
		.bureau_id = nation(),
		.month = month,
		.phase = PHASE_APPLY,
		.desk = DESK_LOCAL,
		.event = days % 2 ? EVENT_PASS : EVENT_REJECT,
		.days = days,
		.steps = steps,
	};

	WRITE(ERR_OK, statistic_add(&tx, arena, &cell, 1));
}

static void
percentiles_are_of_working_days(void)
{
	struct req q = { .db = db, .arena = arena_new(1 << 20), .now = BEGAN + 20 * DAY };
	struct desk_duration d;

	WRITE(ERR_OK, sql_exec(&tx, "DELETE FROM desk_duration", NO_ARGS, NULL));
	WRITE(ERR_OK, sql_exec(&tx, "DELETE FROM statistic WHERE month BETWEEN 209508 AND 209612",
			  NO_ARGS, NULL));
	/* ten decisions, on the day they came, the next, and so on */
	decided(209512, 0, 4);
	decided(209601, 1, 3);
	decided(209602, 2, 1);
	decided(209603, 4, 1);
	decided(209603, 5, 1);
	decided(209511, 80, 100); /* too long ago */
	OK(desk_durations_run(&q));
	OK(desk_duration_get(db, arena, PHASE_APPLY, DESK_LOCAL, &d));
	CU_ASSERT_EQUAL(d.decisions, 10);
	CU_ASSERT_EQUAL(d.median_days, 2);
	CU_ASSERT_EQUAL(d.ninetieth_days, 5);
	CU_ASSERT_EQUAL(d.computed_at, q.now);
	OK(desk_duration_get(db, arena, PHASE_ACCEPT, DESK_LOCAL, &d));
	CU_ASSERT_EQUAL(d.decisions, 0);

	q.now += DAY - 1; /* once a day */
	OK(desk_durations_run(&q));
	OK(desk_duration_get(db, arena, PHASE_APPLY, DESK_LOCAL, &d));
	CU_ASSERT_EQUAL(d.computed_at, q.now - DAY + 1);
	q.now =
	    BEGAN + 140 * DAY; /* what is older than three months before this one is forgotten */
	OK(desk_durations_run(&q));
	OK(desk_duration_get(db, arena, PHASE_APPLY, DESK_LOCAL, &d));
	CU_ASSERT_EQUAL(d.decisions, 0);
	arena_free(q.arena);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "percentiles are of working days", percentiles_are_of_working_days },
		CU_TEST_INFO_NULL,
	};

	return test_main("desk_duration", tests);
}
