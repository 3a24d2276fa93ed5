#ifndef HANDLERS_RULES_PROCEDURE_CALENDAR_H
#define HANDLERS_RULES_PROCEDURE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "handlers/rules/procedure/workflow.h"

/*
 * Working days as the bureaus count them, in Asia/Shanghai: Monday to Friday but for
 * the days listed, which the State Council announces every autumn. And how many of
 * them a desk may take. Pure; sql/catalogue/calendar.h loads it. Wherever a calendar is asked
 * for, NULL is one without listed days and with the targets everybody starts with.
 */
struct calendar_day {
	int64_t date; /* yyyymmdd */
	bool works;
	const char *name; /* of the holiday; not NULL */
};

struct calendar {
	const struct calendar_day *days; /* in the order of their dates */
	size_t count;
	int64_t target[DESK_NATION + 1]; /* working days, by desk; 0 the one to start with */
};

#define CALENDAR_TARGET_MAX 60

/* What a desk may take where nobody changed it; 0 for DESK_NONE. */
int64_t calendar_default(enum desk desk);
/* What it may take. */
int64_t calendar_target(const struct calendar *c, enum desk desk);

/* Is the day of that Unix second worked on? */
bool calendar_works(const struct calendar *c, int64_t at);

/*
 * Working days from one Unix second to another: both days included, at least 1, as
 * people say how long something took.
 */
int64_t workdays(const struct calendar *c, int64_t from, int64_t to);

/* Working days after the day of `since`, up to the day of `now`; the day of arrival is none. */
int64_t calendar_waited(const struct calendar *c, int64_t since, int64_t now);

/* The first second of the day `n` working days before the day of `now`, itself a working day. */
int64_t calendar_back(const struct calendar *c, int64_t n, int64_t now);

#endif
