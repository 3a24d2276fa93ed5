#ifndef SQL_APPLICATION_QUEUE_H
#define SQL_APPLICATION_QUEUE_H

#include "handlers/rules/procedure/workflow.h"
#include "sql/db/db.h"

/*
 * Applications as the bureaus' lists show them: what lies at a desk, what was
 * decided there, and everything of a region. Paged by key: each call answers
 * what follows the place of the last row of the page before. Drafts are in none.
 */
#define QUEUE_ITEM_COLUMNS(C, E, in_order, event, at, officer)                                     \
	C(INT, a, id)                                                                              \
	E(INT, order, in_order) /* of this list: a time or an id; with `id` the place in it */     \
	C(TEXT, a, number)                                                                         \
	C(INT, a, version)                                                                         \
	C(CODE, a, state) /* enum state */                                                         \
	C(TEXT, a, unit_name)                                                                      \
	C(TEXT, a, institution_name)                                                               \
	C(TEXT, a, institution_code)                                                               \
	C(TEXT, a, province_city)                                                                  \
	C(TEXT, a, business_type)                                                                  \
	C(TEXT, a, shown_app_name)                                                                 \
	C(INT, a, desk_since)                 /* 0: never */                                       \
	C(INT, a, updated_at)                 /* 0: never */                                       \
	E(INT, claimed_by, "c.staff_id")      /* staff; 0 nobody */                                \
	E(TEXT, claimed_name, "c.staff_name") /* or NULL */                                        \
	C(INT, s, seen_at)                    /* by `staff_id`; 0 never */                         \
	E(TEXT, desk_name, "d.name")          /* of the bureau it lies at; or NULL */              \
	E(CODE, decided, event)               /* enum event; queue_done() only, as the next two */ \
	E(INT, decided_at, at)                                                                     \
	E(TEXT, decided_by, officer) /* the officer */
#define QUEUE_LISTED_COLUMNS(C, E) QUEUE_ITEM_COLUMNS(C, E, "a.id", "0", "NULL", "NULL")
#define QUEUE_WAITING_COLUMNS(C, E) QUEUE_ITEM_COLUMNS(C, E, "a.desk_since", "0", "NULL", "NULL")
#define QUEUE_DECIDED_COLUMNS(C, E)                                                                \
	QUEUE_ITEM_COLUMNS(C, E, "e.id", "e.event", "e.created_at", "p.name")
SQL_ROW(queue_item, QUEUE_LISTED_COLUMNS)
SQL_SHAPE(queue_waiting, queue_item, QUEUE_WAITING_COLUMNS)
SQL_SHAPE(queue_decided, queue_item, QUEUE_DECIDED_COLUMNS)

struct queue_filter {
	int64_t staff_id;          /* who reads: for what is unread */
	const char *kind;          /* first letter of the institution's code ("H"); NULL any */
	const char *business_type; /* NULL any */
	const char *region;      /* first digits of the 区划 ("44", "4401", "440106"); NULL any */
	unsigned first, last;    /* enum state, both included; 0, 0 any */
	const char *number;      /* begins so; NULL any; this and the next two: queue_find() only */
	const char *institution; /* the name begins so; NULL any */
	const char *unit;        /* the name begins so; NULL any */
	unsigned result;         /* enum event of the decision; 0 any; queue_done() only */
	bool mine;               /* decided by staff_id; queue_done() only */
};

struct queue_place {
	int64_t order, id; /* 0, 0: before the first row */
};

/* What lies at the bureau's desk, waiting longest first. */
MUST_CHECK enum err queue_pending(struct sql *db, struct arena *arena, int64_t bureau_id,
    const struct queue_filter *filter, struct queue_place after, int64_t limit,
    const struct queue_item **ret, size_t *ret_count);

/*
 * What the bureau decided on, the latest decision first. Looks at QUEUE_WINDOW decisions at most:
 * *ret_next is where to go on, {0, 0} at the end, also when this call found nothing.
 */
#define QUEUE_WINDOW 2000
MUST_CHECK enum err queue_done(struct sql *db, struct arena *arena, int64_t bureau_id,
    const struct queue_filter *filter, struct queue_place after, int64_t limit,
    const struct queue_item **ret, size_t *ret_count, struct queue_place *ret_next);

/*
 * What lies at the desks this bureau watches, those one level below it, since before the time given
 * for each desk (地方, 省, 国家), waiting longest first. desk_bureau: the only one of these that the
 * filter's region passes; 0 when it passes several.
 */
MUST_CHECK enum err queue_overdue(struct sql *db, struct arena *arena, int64_t over_bureau,
    int64_t desk_bureau, const int64_t late[3], const struct queue_filter *filter,
    struct queue_place after, int64_t limit, const struct queue_item **ret, size_t *ret_count);

/* Whatever was submitted and passes this bureau's desk of that kind, newest first; no names. */
MUST_CHECK enum err queue_all(struct sql *db, struct arena *arena, int64_t bureau_id,
    enum desk desk, const struct queue_filter *filter, struct queue_place after, int64_t limit,
    const struct queue_item **ret, size_t *ret_count);
/* As queue_all, of the one 区划 `code` and passing any desk of the bureau. */
MUST_CHECK enum err queue_of_region(struct sql *db, struct arena *arena, int64_t bureau_id,
    const char *code, const struct queue_filter *filter, struct queue_place after, int64_t limit,
    const struct queue_item **ret, size_t *ret_count);
/*
 * Of what passes the bureau's desk of that kind, what the filter's number, institution or unit
 * names, in the order of that; not paged. scope: all of it, what lies at the desk now, or what
 * the bureau decided on. Looks at a bounded number of names: *ret_more says that there may be
 * others, so that more should be typed.
 */
enum queue_scope { QUEUE_ANYWHERE, QUEUE_AT_DESK, QUEUE_DECIDED };
MUST_CHECK enum err queue_find(struct sql *db, struct arena *arena, int64_t bureau_id,
    enum desk desk, enum queue_scope scope, const struct queue_filter *filter, int64_t limit,
    const struct queue_item **ret, size_t *ret_count, bool *ret_more);

/*
 * Nobody reads more than "99+", so nobody pays for counting more: QUEUE_COUNTED at most. region:
 * first digits of the 区划 that are counted; NULL all.
 */
#define QUEUE_COUNTED 100
/* Since before the time given for the desk a state lies at: what is late, or pressing. */
#define QUEUE_BEFORE " CASE WHEN a.state IN (?, ?) THEN ? WHEN a.state IN (?, ?) THEN ? ELSE ? END"
#define QUEUE_OF_REGION " AND (? IS NULL OR a.region_code LIKE ?)"
#define QUEUE_SUM(of) "COALESCE(SUM(" of "), 0)"
#define QUEUE_CLAIMED                                                                              \
	"(SELECT COUNT(*) FROM application_claim c FORCE INDEX (by_staff)"                         \
	" STRAIGHT_JOIN application a ON a.id = c.application_id"                                  \
	" WHERE c.staff_id = ?" QUEUE_OF_REGION ")"
#define QUEUE_COUNTS_COLUMNS(C, E)                                                                 \
	E(INT, pending, "COUNT(*)") /* at the desk */                                              \
	/* of these, since before the time given for their desk */                                 \
	E(INT, late, QUEUE_SUM("a.desk_since <" QUEUE_BEFORE))                                     \
	/* of these, before the time of `soon`; the late ones included */                          \
	E(INT, soon, QUEUE_SUM("a.desk_since <" QUEUE_BEFORE))                                     \
	/* of these, not opened by this person since they came */                                  \
	E(INT, unread, QUEUE_SUM("COALESCE(s.seen_at, 0) < a.desk_since"))                         \
	E(INT, claimed, QUEUE_CLAIMED) /* by this person */
SQL_ROW(queue_counts, QUEUE_COUNTS_COLUMNS)
/* late, soon: Unix seconds for the desks 地方, 省, 国家. */
MUST_CHECK enum err
queue_count(struct sql *db, struct arena *arena, int64_t bureau_id, const char *region,
    int64_t staff_id, const int64_t late[3], const int64_t soon[3], struct queue_counts *ret);
/* How many decisions the bureau made; with a region, how many applications it decided on. */
MUST_CHECK enum err queue_count_done(struct sql *db, struct arena *arena, int64_t bureau_id,
    const char *region, int64_t *ret);
/* How much passes its desk of that kind. */
MUST_CHECK enum err queue_count_all(struct sql *db, struct arena *arena, int64_t bureau_id,
    enum desk desk, const char *region, int64_t *ret);
/* Of queue_overdue(). */
MUST_CHECK enum err queue_count_overdue(struct sql *db, struct arena *arena, int64_t over_bureau,
    int64_t desk_bureau, const char *region, const int64_t late[3], int64_t *ret);

#endif
