#include "handlers/selftest/selftest_time.h"

#include <string.h>

#include "fcgi/base/time.h"
#include "handlers/rules/procedure/date.h"
#include "handlers/rules/table/sandbox.h"

#define ZONE_CLOCK 120 /* seconds; behind, where whole hours may be the age of what was kept */

static int64_t
time_of(const char *text)
{
	size_t digits = strspn(text, "0123456789");
	int64_t number = 0;

	if (text[digits] || digits < 1 || digits > 17)
		return 0;
	for (const char *c = text; *c; c++)
		number = number * 10 + (*c - '0');
	if (digits == 14 || digits == 17) {
		if (digits == 17)
			number /= 1000;
		int64_t clock = number % 1000000, date = number / 1000000;

		if (!date_real(date))
			return 0;
		return date_begin(date) + clock / 10000 * 3600 + clock / 100 % 100 * 60 +
		       clock % 100;
	}
	return digits >= 12 ? number / 1000 : number ? number : 1;
}

/* 2026-11-23 14:00:00, 2026-11-23T14:00:00.000+08:00, …Z */
static int64_t
written_time(const char *text)
{
	static const char form[] = "dddd-dd-dd dd:dd:dd";
	char digits[15];
	size_t n = 0;

	for (size_t i = 0; i < sizeof(form) - 1; i++) {
		bool digit = text[i] >= '0' && text[i] <= '9';
		bool same = text[i] == form[i] || (form[i] == ' ' && text[i] == 'T') ||
			    (form[i] == '-' && text[i] == '/');

		if (form[i] == 'd' ? !digit : !same)
			return 0;
		if (digit)
			digits[n++] = text[i];
	}
	digits[n] = '\0';
	int64_t made = time_of(digits);
	return made && text[strlen(text) - 1] == 'Z' ? made + SHANGHAI_AHEAD : made;
}

int64_t
selftest_time(const struct value *timestamp)
{
	bool readable =
	    timestamp && (timestamp->kind == VALUE_TEXT || timestamp->kind == VALUE_NUMBER);
	int64_t made = readable ? time_of(timestamp->text) : 0;

	return made || !readable ? made : written_time(timestamp->text);
}

/* A clock of another zone read as Shanghai's: UTC-12 to UTC+14; and Shanghai's taken for UTC. */
static bool
is_zone(int64_t hours)
{
	return hours && ((hours >= -20 && hours <= 6) || hours == 8);
}

enum mistake
selftest_time_mistake(const struct value *timestamp, int64_t now, int64_t oldest, int *ret_hours)
{
	int64_t made = selftest_time(timestamp), ahead = made - now;
	int64_t hours = (ahead + (ahead < 0 ? -1800 : 1800)) / 3600, rest = ahead - hours * 3600;
	int64_t near = ahead < 0 && oldest > SANDBOX_CLOCK ? ZONE_CLOCK : SANDBOX_CLOCK;

	*ret_hours = 0;
	if (!made)
		return MISTAKE_COUNT;
	if (is_zone(hours) && rest >= -near && rest <= near) {
		*ret_hours = (int)hours;
		return MISTAKE_TIMESTAMP_ZONE;
	}
	return ahead > SANDBOX_CLOCK || -ahead > oldest ? MISTAKE_TIMESTAMP_FAR_OFF : MISTAKE_COUNT;
}

const char *
selftest_time_note(struct arena *arena, int hours)
{
	if (hours == 8)
		return "时间戳快了 8 小时：像是把北京时间当成 UTC 又换算了一次";
	if (hours > 0)
		return arena_printf(arena, "时间戳快了 %d 小时：像是 UTC+%d 时区的时间", hours,
		    hours + 8);
	return arena_printf(arena,
	    "时间戳慢了 %d 小时：像是 UTC%+d 时区的时间；报文若是 %d 小时前生成的，请重新生成后再测",
	    -hours, hours + 8, -hours);
}
