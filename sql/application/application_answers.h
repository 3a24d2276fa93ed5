#ifndef SQL_APPLICATION_APPLICATION_ANSWERS_H
#define SQL_APPLICATION_APPLICATION_ANSWERS_H

#include "sql/application/application.h"

/*
 * What was filled in: the columns of the two forms (application_form.h,
 * acceptance_form.h) in the application's row. Personal values are sealed by
 * the caller; lists are codes separated by blanks; files are elsewhere
 * (application_file.h).
 */
#define APPLICATION_ANSWERS_COLUMNS(C, E)                                                          \
	C(TEXT, a, business_type)                                                                  \
	C(TEXT, a, channel)                                                                        \
	C(TEXT, a, app_source)                                                                     \
	C(INT, a, official_channel) /* 0: none */                                                  \
	C(TEXT, a, existing_app)                                                                   \
	C(TEXT, a, app_name)                                                                       \
	C(TEXT, a, app_type)                                                                       \
	C(TEXT, a, purchase_channels)                                                              \
	C(TEXT, a, purchase_other)                                                                 \
	C(TEXT, a, contact_name)                                                                   \
	C(TEXT, a, contact_phone_sealed) /* keyring purpose "application.contact_phone" */         \
	C(TEXT, a, contact_email)                                                                  \
	C(TEXT, a, remark)
SQL_ROW(application_answers, APPLICATION_ANSWERS_COLUMNS)

#define ACCEPTANCE_ANSWERS_COLUMNS(C, E)                                                           \
	C(TEXT, a, order_no)                                                                       \
	C(TEXT, a, proof)                                                                          \
	C(TEXT, a, auth_code)                                                                      \
	C(TEXT, a, tester_name_sealed) /* keyring purpose "application.tester_name" */             \
	C(TEXT, a, tester_id_type)                                                                 \
	C(TEXT, a, tester_id_sealed) /* keyring purpose "application.tester_id" */
SQL_ROW(acceptance_answers, ACCEPTANCE_ANSWERS_COLUMNS)

/* ERR_NOT_FOUND. */
MUST_CHECK enum err application_answers_get(struct sql *db, struct arena *arena, int64_t id,
    struct application_answers *ret);
MUST_CHECK enum err acceptance_answers_get(struct sql *db, struct arena *arena, int64_t id,
    struct acceptance_answers *ret);

/*
 * Keep them while the application is still what it was when `app` was read:
 * ERR_CONFLICT. The names are what lists show meanwhile.
 */
MUST_CHECK enum err application_answers_put(struct sql_tx *tx, const struct application *app,
    const struct application_answers *a, const char *shown_app_name, const char *third_channel,
    int64_t operator_id, int64_t now);
MUST_CHECK enum err acceptance_answers_put(struct sql_tx *tx, const struct application *app,
    const struct acceptance_answers *a, int64_t operator_id, int64_t now);

#endif
