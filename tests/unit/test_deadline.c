#include "handlers/rules/procedure/deadline.h"
#include "tests/support/suite.h"

#define HOUR INT64_C(3600)
#define DAY (24 * HOUR)
/* Monday 2026-11-02, midnight in Shanghai */
#define MONDAY (INT64_C(1793548800))

static void
only_working_days_count(void)
{
	CU_ASSERT_EQUAL(calendar_waited(NULL, MONDAY, MONDAY + 23 * HOUR), 0);
	CU_ASSERT_EQUAL(calendar_waited(NULL, MONDAY + 23 * HOUR, MONDAY + DAY),
	    1);                                                              /* the next morning */
	CU_ASSERT_EQUAL(calendar_waited(NULL, MONDAY, MONDAY + 4 * DAY), 4); /* Friday */
	CU_ASSERT_EQUAL(calendar_waited(NULL, MONDAY, MONDAY + 6 * DAY), 4); /* Sunday */
	CU_ASSERT_EQUAL(calendar_waited(NULL, MONDAY, MONDAY + 7 * DAY), 5);
	CU_ASSERT_EQUAL(calendar_waited(NULL, MONDAY + 5 * DAY, MONDAY + 6 * DAY), 0);
	CU_ASSERT_EQUAL(calendar_waited(NULL, MONDAY, MONDAY + 70 * DAY), 50);
	CU_ASSERT_EQUAL(calendar_waited(NULL, MONDAY + DAY, MONDAY), 0);
}

static void
ages_follow_the_desk(void)
{
	CU_ASSERT_EQUAL(deadline_age(NULL, DESK_LOCAL, MONDAY, MONDAY + 3 * DAY), AGE_FRESH);
	CU_ASSERT_EQUAL(deadline_age(NULL, DESK_LOCAL, MONDAY, MONDAY + 4 * DAY), AGE_SOON);
	CU_ASSERT_EQUAL(deadline_age(NULL, DESK_LOCAL, MONDAY, MONDAY + 7 * DAY), AGE_SOON);
	CU_ASSERT_EQUAL(deadline_age(NULL, DESK_LOCAL, MONDAY, MONDAY + 8 * DAY), AGE_LATE);
	CU_ASSERT_EQUAL(deadline_age(NULL, DESK_PROVINCE, MONDAY, MONDAY + 4 * DAY), AGE_LATE);
	CU_ASSERT_STRING_EQUAL(age_wire(AGE_LATE), "late");
	CU_ASSERT_STRING_EQUAL(age_wire(AGE_SOON), "soon");
	CU_ASSERT_STRING_EQUAL(age_wire(AGE_FRESH), "fresh");
}

/* Monday and Tuesday off, the Saturday before worked on; the first desk has two days, the third one. */
static const struct calendar_day days[] = {
	{ 20261031, true, "调休" },
	{ 20261102, false, "假日" },
	{ 20261103, false, "假日" },
};
static const struct calendar holidays = { days, 3, { 0, 2, 0, 1 } };

/* Hour by hour over five weeks: both ways of saying late, and soon, agree. */
static void
the_start_is_where_lateness_ends(void)
{
	const struct calendar *calendars[] = { NULL, &holidays };

	for (int i = 0; i < 2; i++)
		for (int desk = DESK_LOCAL; desk <= DESK_NATION; desk++)
			for (int64_t now = MONDAY; now < MONDAY + 8 * DAY; now += 5 * HOUR)
				for (int64_t since = now - 20 * DAY; since <= now; since += HOUR) {
					const struct calendar *c = calendars[i];
					enum age age = deadline_age(c, (enum desk)desk, since, now);

					CU_ASSERT_EQUAL(since < deadline_start(c, (enum desk)desk,
								    AGE_LATE, now),
					    age == AGE_LATE);
					CU_ASSERT_EQUAL(since < deadline_start(c, (enum desk)desk,
								    AGE_SOON, now),
					    age != AGE_FRESH);
				}
}

static void
holidays_and_targets_are_those_of_the_calendar(void)
{
	/* from Friday the 30th: Saturday is worked on, Monday and Tuesday are not */
	CU_ASSERT_EQUAL(calendar_waited(&holidays, MONDAY - 3 * DAY, MONDAY - 2 * DAY), 1);
	CU_ASSERT_EQUAL(calendar_waited(&holidays, MONDAY - 3 * DAY, MONDAY + DAY), 1);
	CU_ASSERT_EQUAL(calendar_waited(&holidays, MONDAY - 3 * DAY, MONDAY + 2 * DAY), 2);
	CU_ASSERT_EQUAL(deadline_age(&holidays, DESK_LOCAL, MONDAY - 3 * DAY, MONDAY + 2 * DAY),
	    AGE_SOON);
	CU_ASSERT_EQUAL(deadline_age(&holidays, DESK_LOCAL, MONDAY - 3 * DAY, MONDAY + 3 * DAY),
	    AGE_LATE);
	CU_ASSERT_FALSE(calendar_works(&holidays, MONDAY + HOUR));
	CU_ASSERT_TRUE(calendar_works(&holidays, MONDAY - 2 * DAY));
	CU_ASSERT_TRUE(calendar_works(NULL, MONDAY));
	CU_ASSERT_EQUAL(calendar_target(&holidays, DESK_PROVINCE), 3); /* not changed */
	CU_ASSERT_EQUAL(calendar_target(&holidays, DESK_NATION), 1);
	CU_ASSERT_EQUAL(calendar_target(NULL, DESK_NATION), 5);
	CU_ASSERT_EQUAL(calendar_target(NULL, DESK_NONE), 0);
	CU_ASSERT_EQUAL(workdays(&holidays, MONDAY - 3 * DAY, MONDAY + 2 * DAY), 3);
	CU_ASSERT_EQUAL(workdays(&holidays, MONDAY, MONDAY + DAY), 1); /* at least one */
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "only working days count", only_working_days_count },
		{ "ages follow the desk", ages_follow_the_desk },
		{ "the start is where lateness ends", the_start_is_where_lateness_ends },
		{ "holidays and targets are those of the calendar",
		    holidays_and_targets_are_those_of_the_calendar },
		CU_TEST_INFO_NULL,
	};

	return run_suite("deadline", tests);
}
