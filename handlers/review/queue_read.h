#ifndef HANDLERS_REVIEW_QUEUE_READ_H
#define HANDLERS_REVIEW_QUEUE_READ_H

#include "fcgi/http/request.h"
#include "sql/application/queue.h"

/* What a list is asked for, from the query string. */
enum queue_view { QUEUE_PENDING, QUEUE_DONE, QUEUE_ALL, QUEUE_OVERDUE };

#define QUEUE_PAGE 20
#define QUEUE_PAGE_MAX 100

struct queue_query {
	int64_t limit; /* rows of a page */
	enum queue_view view;
	struct queue_filter filter;
	const char *region; /* the code of filter.region, six digits; NULL any */
	struct queue_place after;
	bool searches; /* filter.number, institution or unit is given */
};

extern const struct form queue_query;
/* ERR_INVALID naming a value nobody offers. */
MUST_CHECK enum err queue_read(struct req *q, struct queue_query *ret);

/* Where the next page begins, as the parameter `cursor`; NULL at the end, {0, 0}. */
const char *queue_cursor(struct arena *arena, struct queue_place next);

#endif
