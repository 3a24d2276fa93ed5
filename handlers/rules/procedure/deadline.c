#include "handlers/rules/procedure/deadline.h"

#include <stdbool.h>

enum age
deadline_age(const struct calendar *c, enum desk desk, int64_t since, int64_t now)
{
	int64_t waited = calendar_waited(c, since, now), days = calendar_target(c, desk);

	if (waited > days)
		return AGE_LATE;
	return waited >= days - 1 ? AGE_SOON : AGE_FRESH;
}

int64_t
deadline_start(const struct calendar *c, enum desk desk, enum age age, int64_t now)
{
	int64_t days = calendar_target(c, desk);

	if (age == AGE_LATE)
		return calendar_back(c, days, now);
	/* with one day to decide it presses from the first hour */
	return days < 2 ? now + 1 : calendar_back(c, days - 2, now);
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
