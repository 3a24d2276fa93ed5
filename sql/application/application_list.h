#ifndef SQL_APPLICATION_APPLICATION_LIST_H
#define SQL_APPLICATION_APPLICATION_LIST_H

#include "handlers/rules/procedure/workflow.h"
#include "sql/db/db.h"

/*
 * Applications as the applicant's lists show them: 申请单列表 and 自有渠道（已有）.
 * Paged by key: each call answers what follows the last row of the page before.
 */
struct application_item {
	int64_t id;
	int64_t cursor; /* of this list: what the next page follows */
	const char *number;
	int64_t version;
	unsigned state; /* enum state */
	const char *unit_name, *institution_name, *institution_code;
	const char *province_city;
	const char *business_type, *shown_app_name, *third_channel;
	int64_t desk_since, acceptance_saved_at, updated_at; /* 0: never */
};

struct application_filter {
	int64_t unit_id;
	int64_t institution_id;    /* 0: all of the unit */
	int status;                /* enum status; -1 any */
	const char *business_type; /* NULL any */
};

/* Newest first, older than cursor `before` (0: from the newest). */
MUST_CHECK enum err
application_list(struct sql *db, struct arena *arena, const struct application_filter *filter,
    int64_t before, int64_t limit, const struct application_item **ret, size_t *ret_count);
MUST_CHECK enum err application_count(struct sql *db, struct arena *arena,
    const struct application_filter *filter, int64_t *ret);

/* An own application that was once accepted for test. */
struct existing_app {
	const char *number; /* of the application it comes from */
	const char *name;
	const char *type;   /* of app_type_choices, or NULL */
	const char *app_id; /* 应用ID, or NULL while it is being issued */
};

/* By name; the newest application of each name. At most EXISTING_APPS_MAX. */
#define EXISTING_APPS_MAX 200
MUST_CHECK enum err application_existing(struct sql *db, struct arena *arena, int64_t unit_id,
    int64_t institution_id, const struct existing_app **ret, size_t *ret_count);
/* One of them, by number: ERR_NOT_FOUND. */
MUST_CHECK enum err application_existing_get(struct sql *db, struct arena *arena, int64_t unit_id,
    int64_t institution_id, const char *number, struct existing_app *ret);

#endif
