#include "handlers/rules/deadline.h"

#include <stdbool.h>

#define DAY INT64_C(86400)
#define ZONE (INT64_C(8) * 3600) /* Asia/Shanghai, all year */

/* The one place: working days per desk. */
int64_t
deadline_days(enum desk desk)
{
	switch (desk) {
	case DESK_LOCAL:
		return 5;
	case DESK_PROVINCE:
		return 3;
	case DESK_NATION:
		return 5;
	case DESK_NONE:
		break;
	}
	return 0;
}

/* Days since 1970-01-01, a Thursday. */
static int64_t
day_of(int64_t time)
{
	return (time + ZONE) / DAY;
}

static bool
works(int64_t day)
{
	return (day + 3) % 7 < 5; /* 0 is Monday */
}

int64_t
deadline_waited(int64_t since, int64_t now)
{
	int64_t first = day_of(since) + 1, last = day_of(now), count = 0;

	if (first > last)
		return 0;
	count = (last - first + 1) / 7 * 5;
	for (first += count / 5 * 7; first <= last; first++)
		count += works(first);
	return count;
}

enum age
deadline_age(enum desk desk, int64_t since, int64_t now)
{
	int64_t waited = deadline_waited(since, now), days = deadline_days(desk);

	if (waited > days)
		return AGE_LATE;
	return waited >= days - 1 ? AGE_SOON : AGE_FRESH;
}

int64_t
deadline_start(enum desk desk, int64_t now)
{
	int64_t day = day_of(now), left = deadline_days(desk);

	/* back over as many working days as are given: what came that day or later is in time */
	for (; left > 0 || !works(day); day--)
		left -= works(day);
	return day * DAY - ZONE;
}

const char *
age_wire(enum age age)
{
	switch (age) {
	case AGE_SOON:
		return "soon";
	case AGE_LATE:
		return "late";
	case AGE_FRESH:
		break;
	}
	return "fresh";
}
