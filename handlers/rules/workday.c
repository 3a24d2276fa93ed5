#include "handlers/rules/workday.h"

#define DAY (24 * 3600)
#define ZONE_SECONDS (8 * 3600) /* Asia/Shanghai */

/* Working days among the first `days` since a Monday. */
static int64_t
since_monday(int64_t days)
{
	int64_t rest = days % 7;

	return days / 7 * 5 + (rest < 5 ? rest : 5);
}

/* Days since Monday, 1969-12-29, which was three days before the Unix epoch. */
static int64_t
day_of(int64_t at)
{
	return (at + ZONE_SECONDS) / DAY + 3;
}

int64_t
workdays(int64_t from, int64_t to)
{
	int64_t days = since_monday(day_of(to) + 1) - since_monday(day_of(from));

	return days < 1 ? 1 : days;
}
