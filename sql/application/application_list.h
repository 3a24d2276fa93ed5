#ifndef SQL_APPLICATION_APPLICATION_LIST_H
#define SQL_APPLICATION_APPLICATION_LIST_H

#include "handlers/rules/procedure/workflow.h"
#include "sql/db/db.h"

/*
 * Applications as the applicant's lists show them: 申请单列表 and 自有渠道（已有）.
 * Paged by key: each call answers what follows the last row of the page before.
 */
#define APPLICATION_ITEM_COLUMNS(C, E)                                                             \
	C(INT, a, id)                                                                              \
	E(INT, cursor, "a.id") /* of this list: what the next page follows */                      \
	C(TEXT, a, number)                                                                         \
	C(INT, a, version)                                                                         \
	C(CODE, a, state) /* enum state */                                                         \
	E(TEXT, unit_name, "u.name")                                                               \
	C(TEXT, a, institution_name)                                                               \
	C(TEXT, a, institution_code)                                                               \
	C(TEXT, a, province_city)                                                                  \
	C(TEXT, a, business_type)                                                                  \
	C(TEXT, a, shown_app_name)                                                                 \
	C(TEXT, a, third_channel)                                                                  \
	C(INT, a, desk_since) /* 0: never */                                                       \
	C(INT, a, acceptance_saved_at)                                                             \
	C(INT, a, updated_at)
SQL_ROW(application_item, APPLICATION_ITEM_COLUMNS)

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

/* Of a unit: filed and not given up. */
MUST_CHECK enum err
application_running_count(struct sql *db, struct arena *arena, int64_t unit_id, int64_t *ret);

/* An own application that was once accepted for test. */
#define EXISTING_APP_COLUMNS(C, E)                                                                 \
	C(TEXT, a, number) /* of the application it comes from */                                  \
	E(TEXT, name, "a.shown_app_name")                                                          \
	E(TEXT, type, "a.app_type") /* of app_type_choices, or NULL */                             \
	/* 应用ID, or NULL while it is being issued */                                           \
	E(TEXT, app_id,                                                                            \
	    "(SELECT c.app_id FROM credential c WHERE c.application_id = a.id"                     \
	    " AND c.disabled_at IS NULL ORDER BY c.environment DESC LIMIT 1)")
SQL_ROW(existing_app, EXISTING_APP_COLUMNS)

/* By name; the newest application of each name. At most EXISTING_APPS_MAX. */
#define EXISTING_APPS_MAX 200
MUST_CHECK enum err application_existing(struct sql *db, struct arena *arena, int64_t unit_id,
    int64_t institution_id, const struct existing_app **ret, size_t *ret_count);
/* One of them, by number: ERR_NOT_FOUND. */
MUST_CHECK enum err application_existing_get(struct sql *db, struct arena *arena, int64_t unit_id,
    int64_t institution_id, const char *number, struct existing_app *ret);

#endif
