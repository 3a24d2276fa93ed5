#ifndef HANDLERS_SELFTEST_SELFTEST_TIME_H
#define HANDLERS_SELFTEST_SELFTEST_TIME_H

#include <stdint.h>

#include "handlers/rules/table/mistake.h"
#include "handlers/selftest/value.h"

/*
 * Unix seconds of a timestamp that looks like a time: seconds, milliseconds or
 * yyyyMMddHHmmss (with or without milliseconds), as a text or a number, or with
 * signs between (2026-11-23 14:00:00, which with a Z is of UTC); 0 of
 * anything else, NULL as well: it is opaque then.
 */
int64_t selftest_time(const struct value *timestamp);
/*
 * Too far ahead, older than that, or off by the hours between two time zones, *ret_hours then (ahead is
 * positive); MISTAKE_COUNT: none of these, or opaque. An hour behind is told from waiting by two minutes.
 */
enum mistake
selftest_time_mistake(const struct value *timestamp, int64_t now, int64_t oldest, int *ret_hours);
/* Which zone that is, as people read it; in the arena. */
const char *selftest_time_note(struct arena *arena, int hours);

#endif
