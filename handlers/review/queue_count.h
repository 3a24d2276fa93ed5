#ifndef HANDLERS_REVIEW_QUEUE_COUNT_H
#define HANDLERS_REVIEW_QUEUE_COUNT_H

#include "fcgi/http/answer.h"
#include "handlers/rules/procedure/calendar.h"
#include "sql/application/queue.h"
#include "sql/catalogue/bureau.h"

/* Before which time what came to each desk (地方, 省, 国家) is late now, or pressing. */
struct late_desks {
	int64_t late[3], soon[3]; /* Unix seconds */
};
struct late_desks late_desks(const struct calendar *c, int64_t now);

/* Where the officers of a level of the bureau table sit. */
enum desk desk_of_level(unsigned level);

/*
 * The one bureau below `mine` that a region passes, for what is late there: its province's, its
 * 地方. *ret 0: several, or nobody knows. prefix: of the region; NULL any.
 */
MUST_CHECK enum err
late_desk(struct req *q, const struct bureau *mine, const char *prefix, int64_t *ret);

/* Of the officer's bureau; what is late is not counted as pressing, too. */
extern const struct answer desk_counts_answer; /* of a struct queue_counts */
MUST_CHECK enum err
desk_counts(struct req *q, const struct late_desks *late, struct queue_counts *ret);

#endif
