#ifndef SQL_RECORD_AUDIT_SEARCH_H
#define SQL_RECORD_AUDIT_SEARCH_H

#include "sql/record/audit.h"

/* Reading the trail, newest first, page by page; each way of asking has its index. */
struct audit_item {
	int64_t id;
	int64_t at; /* Unix seconds */
	unsigned role;
	int64_t user_id;
	const char *account,
	    *name; /* of the person as of now; NULL: nobody, or not there any more */
	const char *address, *deed, *object, *detail;
};

struct audit_filter {
	int64_t user_id; /* with roles from first_role to last_role; 0 anybody */
	unsigned first_role, last_role;
	const char *object, *address, *deed; /* exactly; NULL any */
	int64_t from, until;                 /* Unix seconds, both included */
};

struct audit_place {
	int64_t at, id; /* of the last row of the page before; INT64_MAX, 0 at the beginning */
};

MUST_CHECK enum err
audit_search(struct sql *db, struct arena *arena, const struct audit_filter *filter,
    struct audit_place after, int64_t limit, const struct audit_item **ret, size_t *ret_count);

/* ---- what became of checking it ------------------------------------------- */

struct audit_check {
	int64_t id;
	int64_t asked_by; /* staff; 0: once a day */
	int64_t rows;
	bool sound;
	const char *fault; /* or NULL */
	int64_t chain, seq;
	int64_t started_at, ended_at; /* Unix seconds */
};

/* Like the trail itself it is only ever added to. id is ignored. */
MUST_CHECK enum err audit_check_add(struct sql_tx *tx, const struct audit_check *check);
/* Newest first. */
MUST_CHECK enum err audit_checks(struct sql *db, struct arena *arena, int64_t limit,
    const struct audit_check **ret, size_t *ret_count);
/* Is one asked for or under way? */
MUST_CHECK enum err audit_check_runs(struct sql *db, struct arena *arena, bool *ret);

#endif
