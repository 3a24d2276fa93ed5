#include "handlers/rules/deadline.h"
#include "tests/tools/suite.h"

#define HOUR INT64_C(3600)
#define DAY (24 * HOUR)
/* Monday 2026-11-02, midnight in Shanghai */
#define MONDAY (INT64_C(1793548800))

static void
only_working_days_count(void)
{
	CU_ASSERT_EQUAL(deadline_waited(MONDAY, MONDAY + 23 * HOUR), 0);
	CU_ASSERT_EQUAL(deadline_waited(MONDAY + 23 * HOUR, MONDAY + DAY),
	    1);                                                        /* the next morning */
	CU_ASSERT_EQUAL(deadline_waited(MONDAY, MONDAY + 4 * DAY), 4); /* Friday */
	CU_ASSERT_EQUAL(deadline_waited(MONDAY, MONDAY + 6 * DAY), 4); /* Sunday */
	CU_ASSERT_EQUAL(deadline_waited(MONDAY, MONDAY + 7 * DAY), 5);
	CU_ASSERT_EQUAL(deadline_waited(MONDAY + 5 * DAY, MONDAY + 6 * DAY), 0);
	CU_ASSERT_EQUAL(deadline_waited(MONDAY, MONDAY + 70 * DAY), 50);
	CU_ASSERT_EQUAL(deadline_waited(MONDAY + DAY, MONDAY), 0);
}

static void
ages_follow_the_desk(void)
{
	CU_ASSERT_EQUAL(deadline_age(DESK_LOCAL, MONDAY, MONDAY + 3 * DAY), AGE_FRESH);
	CU_ASSERT_EQUAL(deadline_age(DESK_LOCAL, MONDAY, MONDAY + 4 * DAY), AGE_SOON);
	CU_ASSERT_EQUAL(deadline_age(DESK_LOCAL, MONDAY, MONDAY + 7 * DAY), AGE_SOON);
	CU_ASSERT_EQUAL(deadline_age(DESK_LOCAL, MONDAY, MONDAY + 8 * DAY), AGE_LATE);
	CU_ASSERT_EQUAL(deadline_age(DESK_PROVINCE, MONDAY, MONDAY + 4 * DAY), AGE_LATE);
	CU_ASSERT_STRING_EQUAL(age_wire(AGE_LATE), "late");
	CU_ASSERT_STRING_EQUAL(age_wire(AGE_SOON), "soon");
	CU_ASSERT_STRING_EQUAL(age_wire(AGE_FRESH), "fresh");
}

/* Hour by hour over five weeks: both ways of saying late agree. */
static void
the_start_is_where_lateness_ends(void)
{
	for (int desk = DESK_LOCAL; desk <= DESK_NATION; desk++)
		for (int64_t now = MONDAY; now < MONDAY + 8 * DAY; now += 5 * HOUR)
			for (int64_t since = now - 20 * DAY; since <= now; since += HOUR)
				CU_ASSERT_EQUAL(since < deadline_start((enum desk)desk, now),
				    deadline_age((enum desk)desk, since, now) == AGE_LATE);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "only working days count", only_working_days_count },
		{ "ages follow the desk", ages_follow_the_desk },
		{ "the start is where lateness ends", the_start_is_where_lateness_ends },
		CU_TEST_INFO_NULL,
	};

	return run_suite("deadline", tests);
}
