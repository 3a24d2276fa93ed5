#ifndef HANDLERS_RULES_PROCEDURE_DATE_H
#define HANDLERS_RULES_PROCEDURE_DATE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Days as people in China count them. A day is one number, yyyymmdd (such as
 * 20260131), which compares as days do. Asia/Shanghai has been UTC+8 without
 * summer time since 1992, so no library's time zones are needed. Pure.
 */

/* A day of the calendar, year 1800 to 9999: nobody alive, no licence in force, is older. */
bool date_real(int64_t yyyymmdd);

/* "yyyy-MM-dd" -> yyyymmdd. false, ret untouched: not a real day. text is not NULL. */
bool date_parse(const char *text, int64_t *ret_yyyymmdd);

/* The day it is in Asia/Shanghai at that Unix second. */
int64_t date_of(int64_t unix_seconds);

/* The Unix second at which that real day begins in Asia/Shanghai. */
int64_t date_begin(int64_t yyyymmdd);

#endif
