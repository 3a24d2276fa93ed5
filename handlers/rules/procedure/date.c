#include "handlers/rules/procedure/date.h"

#include "fcgi/base/time.h"
#include "handlers/rules/check/shape.h"

#define DAYS_BEFORE_1970 719468 /* from the first of March of the year 0 */
#define DAYS_IN_400_YEARS 146097

bool
date_real(int64_t yyyymmdd)
{
	static const int64_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int64_t year = yyyymmdd / 10000, month = yyyymmdd / 100 % 100, day = yyyymmdd % 100;
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	if (year < 1800 || year > 9999 || month < 1 || month > 12 || day < 1)
		return false;
	return day <= days[month - 1] + (month == 2 && leap);
}

bool
date_parse(const char *text, int64_t *ret_yyyymmdd)
{
	if (!shaped(text, "####-##-##"))
		return false;
	int64_t day = shape_number(text, 4) * 10000 + shape_number(text + 5, 2) * 100 +
		      shape_number(text + 8, 2);

	if (!date_real(day))
		return false;
	*ret_yyyymmdd = day;
	return true;
}

/*
 * Both ways count the year from March, so that the leap day comes last and
 * month m (March is 0) begins (153 * m + 2) / 5 days into it.
 */
int64_t
date_begin(int64_t yyyymmdd)
{
	int64_t month = (yyyymmdd / 100 % 100 + 9) % 12, day = yyyymmdd % 100;
	int64_t year = yyyymmdd / 10000 - (month >= 10);
	int64_t days = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 +
		       day - 1 - DAYS_BEFORE_1970;

	return days * DAY - SHANGHAI_AHEAD;
}

int64_t
date_of(int64_t unix_seconds)
{
	int64_t local = unix_seconds + SHANGHAI_AHEAD;
	int64_t days = local / DAY - (local % DAY < 0) + DAYS_BEFORE_1970;
	int64_t rest = days % DAYS_IN_400_YEARS;
	int64_t year = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
	int64_t of_year = rest - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;
	int64_t day = of_year - (153 * month + 2) / 5 + 1;

	month = month < 10 ? month + 3 : month - 9;
	year += days / DAYS_IN_400_YEARS * 400 + (month <= 2);
	return year * 10000 + month * 100 + day;
}
