#ifndef SQL_APPLICATION_QUEUE_ROW_H
#define SQL_APPLICATION_QUEUE_ROW_H

#include <string.h>

#include "sql/application/queue.h"
#include "sql/db/like.h"

/* One parameter: who reads. */
#define QUEUE_JOINS                                                                                \
	" LEFT JOIN bureau d ON d.id = a.desk_bureau"                                              \
	" LEFT JOIN application_claim c ON c.application_id = a.id"                                \
	" LEFT JOIN application_seen s ON s.application_id = a.id AND s.staff_id = ?"

/* What the filter says of a row; `region` is its pattern. */
#define QUEUE_FILTER                                                                               \
	" AND (? IS NULL OR LEFT(a.institution_code, 1) = ?)"                                      \
	" AND (? IS NULL OR a.business_type = ?)"                                                  \
	" AND (? IS NULL OR a.region_code LIKE ?)"                                                 \
	" AND (? = 0 OR a.state BETWEEN ? AND ?)"
#define QUEUE_FILTER_ARGS(f, region)                                                               \
	V((f)->kind), V((f)->kind), V((f)->business_type), V((f)->business_type), V(region),       \
	    V(region), V((f)->first), V((f)->first), V((f)->last)

/*
 * Of an application decided on several times by a bureau, the last decision; e is the step. The
 * index is named: by the statistics of a busy day the server may take by_bureau, and read all the
 * bureau ever decided for each row.
 */
#define QUEUE_DECIDED_LAST                                                                         \
	" AND NOT EXISTS (SELECT 1 FROM application_event l FORCE INDEX (by_application)"          \
	"  WHERE l.application_id = e.application_id AND l.id > e.id"                              \
	"  AND l.bureau_id = e.bureau_id)"

#define QUEUE_BEFORE_ARGS(t)                                                                       \
	V((unsigned)STATE_APPLY_LOCAL), V((unsigned)STATE_ACCEPT_LOCAL), V((t)[0]),                \
	    V((unsigned)STATE_APPLY_PROVINCE), V((unsigned)STATE_ACCEPT_PROVINCE), V((t)[1]),      \
	    V((t)[2])

/*
 * What lies at a desk, by an index that begins with the desk and, when a region is asked for, goes on
 * with it: its province, by the bureau that has it, or the beginning of its code. An array of three
 * TEXT(index, where), for queue_part(); where's parameters are the desk and the region.
 */
#define QUEUE_AT_DESKS(TEXT)                                                                       \
	{                                                                                          \
		TEXT("by_desk", "a.desk_bureau = ? AND ? IS NULL"),                                \
		    TEXT("by_desk_province", "a.desk_bureau = ? AND a.province_bureau ="           \
					     " (SELECT id FROM bureau WHERE region_code ="         \
					     " RPAD(?, 6, '0'))"),                                 \
		    TEXT("by_desk_region",                                                         \
			"a.desk_bureau = ? AND a.region_code LIKE CONCAT(?, '%')"),                \
	}
/* The same for all the desks a bureau watches: the region is for the filter. */
#define QUEUE_AT_WATCHED(TEXT) TEXT("by_over", "a.over_bureau = ? AND (TRUE OR ? IS NULL)")
static inline size_t
queue_part(const char *region)
{
	return !region ? 0 : strlen(region) <= 2 ? 1 : 2;
}

/* Does it ask for less than all of a list, or of a region of it? */
static inline bool
queue_narrows_more(const struct queue_filter *f)
{
	return f->kind || f->business_type || f->first || f->result || f->mine;
}
static inline bool
queue_narrows(const struct queue_filter *f)
{
	return f->region || queue_narrows_more(f);
}

#endif
