#ifndef SQL_CATALOGUE_CALENDAR_H
#define SQL_CATALOGUE_CALENDAR_H

#include "handlers/rules/procedure/calendar.h"
#include "sql/db/db.h"

/* The calendar of working days and the days each desk may take; both are edited on the intranet site. */

/* From the day of the Unix second `from` on, so that a page does not read decades. */
MUST_CHECK enum err
calendar_load(struct sql *db, struct arena *arena, int64_t from, struct calendar *ret);
/* The listed days of one year. */
MUST_CHECK enum err calendar_year(struct sql *db, struct arena *arena, int64_t year,
    const struct calendar_day **ret, size_t *ret_count);
/* Lists the day, or changes what is said of it. */
MUST_CHECK enum err calendar_put(struct sql_tx *tx, const struct calendar_day *day);
/* It is a day like any other again. ERR_NOT_FOUND: it was not listed. */
MUST_CHECK enum err calendar_delete(struct sql_tx *tx, int64_t date);
MUST_CHECK enum err desk_target_put(struct sql_tx *tx, enum desk desk, int64_t days);

#endif
