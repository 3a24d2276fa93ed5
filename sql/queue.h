#ifndef SQL_QUEUE_H
#define SQL_QUEUE_H

#include "handlers/rules/workflow.h"
#include "sql/db.h"

/*
 * Applications as the bureaus' lists show them: what lies at a desk, what was
 * decided there, and everything of a region. Paged by key: each call answers
 * what follows the place of the last row of the page before. Drafts are in none.
 */
struct queue_item {
	int64_t id;
	int64_t order; /* of this list: a time or an id; with `id` the place in it */
	const char *number;
	int64_t version;
	unsigned state; /* enum state */
	const char *unit_name, *institution_name, *institution_code;
	const char *province_city;
	const char *business_type, *shown_app_name;
	int64_t desk_since, updated_at; /* 0: never */
	int64_t claimed_by;             /* staff; 0 nobody */
	const char *claimed_name;       /* or NULL */
	int64_t seen_at;                /* by `staff_id`; 0 never */
};

struct queue_filter {
	int64_t staff_id;          /* who reads: for what is unread */
	const char *kind;          /* first letter of the institution's code ("H"); NULL any */
	const char *business_type; /* NULL any */
	const char *region;      /* first digits of the 区划 ("44", "4401", "440106"); NULL any */
	unsigned first, last;    /* enum state, both included; 0, 0 any */
	const char *number;      /* begins so; NULL any */
	const char *institution; /* the name begins so; NULL any */
	const char *unit;        /* the name begins so; NULL any */
};

struct queue_place {
	int64_t order, id; /* 0, 0: before the first row */
};

/* What lies at the bureau's desk, waiting longest first. */
MUST_CHECK enum err queue_pending(struct sql *db, struct arena *arena, int64_t bureau_id,
    const struct queue_filter *filter, struct queue_place after, int64_t limit,
    const struct queue_item **ret, size_t *ret_count);

/* What the bureau decided on, the latest decision first; reads `staff_id` alone of the filter. */
MUST_CHECK enum err queue_done(struct sql *db, struct arena *arena, int64_t bureau_id,
    const struct queue_filter *filter, struct queue_place after, int64_t limit,
    const struct queue_item **ret, size_t *ret_count);

/* Whatever was submitted and passes this bureau's desk of that kind, newest first; no names. */
MUST_CHECK enum err queue_all(struct sql *db, struct arena *arena, int64_t bureau_id,
    enum desk desk, const struct queue_filter *filter, struct queue_place after, int64_t limit,
    const struct queue_item **ret, size_t *ret_count);
/* As queue_all, of the one 区划 `code` and passing any desk of the bureau. */
MUST_CHECK enum err queue_of_region(struct sql *db, struct arena *arena, int64_t bureau_id,
    const char *code, const struct queue_filter *filter, struct queue_place after, int64_t limit,
    const struct queue_item **ret, size_t *ret_count);
/* Of these, what the filter's number, institution or unit names, in the order of that; not paged. */
MUST_CHECK enum err queue_find(struct sql *db, struct arena *arena, int64_t bureau_id,
    enum desk desk, const struct queue_filter *filter, int64_t limit, const struct queue_item **ret,
    size_t *ret_count);

struct queue_counts {
	int64_t pending; /* at the desk */
	int64_t late;    /* of these, since before the time given for their desk */
	int64_t claimed; /* by this person */
};
/* late: Unix seconds for the desks 地方, 省, 国家. */
MUST_CHECK enum err queue_count(struct sql *db, struct arena *arena, int64_t bureau_id,
    int64_t staff_id, const int64_t late[3], struct queue_counts *ret);

#endif
