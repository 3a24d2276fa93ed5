#ifndef HANDLERS_REVIEW_CALENDAR_H
#define HANDLERS_REVIEW_CALENDAR_H

#include "fcgi/http/answer.h"
#include "sql/catalogue/calendar.h"

/*
 * 工作日历 and 办理时限: every officer reads them, the nation's bureau and the system
 * administrator change them (ERR_FORBIDDEN for others).
 */

/* GET /calendar - the listed days of a year, this one by default, and the days per desk. */
extern const struct answer calendar_answer;
extern const struct form calendar_query;
MUST_CHECK enum err calendar_show(struct req *q);
/* PUT /calendar/days/{id} - id is yyyymmdd. 200 */
extern const struct answer calendar_day_answer;
MUST_CHECK enum err calendar_day_put(struct req *q);
/* DELETE /calendar/days/{id} - a day like any other again. 204 */
MUST_CHECK enum err calendar_day_remove(struct req *q);
/* PUT /calendar/targets - 200 */
extern const struct answer desk_target_set_answer;
MUST_CHECK enum err calendar_target_put(struct req *q);

/* The calendar that says how old what waits is now. */
MUST_CHECK enum err calendar_now(struct req *q, struct calendar *ret);

#endif
