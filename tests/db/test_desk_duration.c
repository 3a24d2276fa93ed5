#include "handlers/jobs/jobs.h"
#include "sql/application_event.h"
#include "sql/desk_duration.h"
#include "tests/db/applications.h"

/* Monday, 2096-03-05, 10:00 in Asia/Shanghai: far from what other tests leave behind. */
#define BEGAN INT64_C(3981751200)
#define DAY (24 * 3600)

static void
step(int64_t application, enum event event, enum state from, enum state to, enum desk desk,
    int64_t at)
{
	struct application_event e = {
		.event = event,
		.from_state = from,
		.to_state = to,
		.desk = desk,
		.actor_role = 2,
		.actor_id = 9,
		.actor_name = "某局",
		.created_at = at,
	};

	WRITE(ERR_OK, application_event_add(&tx, application, &e));
}

static void
percentiles_are_of_working_days(void)
{
	struct req q = { .db = db, .arena = arena_new(1 << 20), .now = BEGAN + 30 * DAY };
	struct desk_duration d;

	WRITE(ERR_OK, sql_exec(&tx, "DELETE FROM desk_duration", NO_ARGS, NULL));
	/* ten decisions, after 1, 1, 1, 1, 2, 2, 2, 3, 5 working days, and 6 over a weekend */
	static const int days[] = { 0, 0, 0, 0, 1, 1, 1, 2, 4, 7 };
	for (int i = 0; i < 10; i++) {
		int64_t application = test_number();

		step(application, EVENT_SUBMIT, STATE_DRAFT, STATE_APPLY_LOCAL, DESK_NONE, BEGAN);
		step(application, EVENT_PASS, STATE_APPLY_LOCAL, STATE_APPLY_PROVINCE, DESK_LOCAL,
		    BEGAN + days[i] * DAY);
	}
	OK(desk_durations_run(&q));
	OK(desk_duration_get(db, arena, PHASE_APPLY, DESK_LOCAL, &d));
	CU_ASSERT_TRUE(d.decisions > 0 && d.decisions % 10 == 0); /* the test may run twice */
	CU_ASSERT_EQUAL(d.median_days, 2);
	CU_ASSERT_EQUAL(d.ninetieth_days, 5);
	CU_ASSERT_EQUAL(d.computed_at, q.now);
	OK(desk_duration_get(db, arena, PHASE_ACCEPT, DESK_LOCAL, &d));
	CU_ASSERT_EQUAL(d.decisions, 0);

	q.now += DAY - 1; /* once a day */
	OK(desk_durations_run(&q));
	OK(desk_duration_get(db, arena, PHASE_APPLY, DESK_LOCAL, &d));
	CU_ASSERT_EQUAL(d.computed_at, q.now - DAY + 1);
	q.now = BEGAN + 120 * DAY; /* what is older than 90 days is forgotten */
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
