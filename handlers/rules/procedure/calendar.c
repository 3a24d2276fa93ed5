#include "handlers/rules/procedure/calendar.h"

#include "fcgi/base/time.h"
#include "handlers/rules/procedure/date.h"

/* The one place: working days per desk to start with. */
int64_t
calendar_default(enum desk desk)
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

int64_t
calendar_target(const struct calendar *c, enum desk desk)
{
	int64_t set = c && desk <= DESK_NATION ? c->target[desk] : 0;

	return set ? set : calendar_default(desk);
}

/* Days since 1970-01-01, a Thursday. */
static int64_t
day_of(int64_t time)
{
	return (time + SHANGHAI_AHEAD) / DAY;
}

static int64_t
day_of_date(int64_t date)
{
	return day_of(date_begin(date));
}

static bool
of_week(int64_t day)
{
	return (day + 3) % 7 < 5; /* 0 is Monday */
}

static bool
works(const struct calendar *c, int64_t day)
{
	for (size_t i = 0; c && i < c->count; i++)
		if (day_of_date(c->days[i].date) == day)
			return c->days[i].works;
	return of_week(day);
}

bool
calendar_works(const struct calendar *c, int64_t at)
{
	return works(c, day_of(at));
}

/* Working days of the days first … last. Weeks at once, then what is listed. */
static int64_t
between(const struct calendar *c, int64_t first, int64_t last)
{
	int64_t count;

	if (first > last)
		return 0;
	count = (last - first + 1) / 7 * 5;
	for (int64_t day = first + count / 5 * 7; day <= last; day++)
		count += of_week(day);
	for (size_t i = 0; c && i < c->count; i++) {
		int64_t day = day_of_date(c->days[i].date);

		if (day >= first && day <= last)
			count += (int)c->days[i].works - (int)of_week(day);
	}
	return count;
}

int64_t
workdays(const struct calendar *c, int64_t from, int64_t to)
{
	int64_t days = between(c, day_of(from), day_of(to));

	return days < 1 ? 1 : days;
}

int64_t
calendar_waited(const struct calendar *c, int64_t since, int64_t now)
{
	return between(c, day_of(since) + 1, day_of(now));
}

int64_t
calendar_back(const struct calendar *c, int64_t n, int64_t now)
{
	int64_t day = day_of(now);

	for (; n > 0 || !works(c, day); day--)
		n -= works(c, day);
	return day * DAY - SHANGHAI_AHEAD;
}
