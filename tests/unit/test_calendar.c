#include "handlers/rules/procedure/calendar.h"
#include "tests/support/suite.h"

/* Monday, 2026-03-02, 00:00 in Asia/Shanghai. */
#define MONDAY INT64_C(1772380800)
#define HOUR 3600
#define DAY (24 * HOUR)

static void
both_ends_count(void)
{
	CU_ASSERT_EQUAL(workdays(NULL, MONDAY, MONDAY), 1);
	CU_ASSERT_EQUAL(workdays(NULL, MONDAY, MONDAY + DAY - 1), 1);
	CU_ASSERT_EQUAL(workdays(NULL, MONDAY, MONDAY + DAY), 2);
	CU_ASSERT_EQUAL(workdays(NULL, MONDAY, MONDAY + 4 * DAY), 5);
}

static void
weekends_do_not(void)
{
	CU_ASSERT_EQUAL(workdays(NULL, MONDAY + 4 * DAY, MONDAY + 7 * DAY),
	    2); /* Friday to Monday */
	CU_ASSERT_EQUAL(workdays(NULL, MONDAY, MONDAY + 14 * DAY), 11);
	CU_ASSERT_EQUAL(workdays(NULL, MONDAY + 5 * DAY, MONDAY + 6 * DAY), 1); /* at least one */
	CU_ASSERT_EQUAL(workdays(NULL, MONDAY + 5 * DAY, MONDAY + 7 * DAY), 1);
}

static void
days_are_those_of_shanghai(void)
{
	CU_ASSERT_EQUAL(workdays(NULL, MONDAY + 23 * HOUR, MONDAY + 24 * HOUR), 2);
	CU_ASSERT_EQUAL(workdays(NULL, MONDAY - 1, MONDAY), 1); /* Sunday */
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "both ends count", both_ends_count },
		{ "weekends do not", weekends_do_not },
		{ "days are those of Shanghai", days_are_those_of_shanghai },
		CU_TEST_INFO_NULL,
	};

	return run_suite("workday", tests);
}
