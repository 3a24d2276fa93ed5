#ifndef SQL_APPLICATION_APPLICATION_ANSWERS_H
#define SQL_APPLICATION_APPLICATION_ANSWERS_H

#include "sql/application/application.h"

/*
 * What was filled in: the columns of the two forms (application_form.h,
 * acceptance_form.h) in the application's row. Personal values are sealed by
 * the caller; lists are codes separated by blanks; files are elsewhere
 * (application_file.h).
 */
struct application_answers {
	const char *business_type, *channel, *app_source;
	int64_t official_channel; /* 0: none */
	const char *existing_app, *app_name, *app_type;
	const char *purchase_channels, *purchase_other;
	const char *contact_name;
	const char *contact_phone_sealed; /* PURPOSE_APPLICATION_CONTACT_PHONE */
	const char *contact_email, *remark;
};

struct acceptance_answers {
	const char *order_no, *proof, *auth_code;
	const char *tester_name_sealed; /* PURPOSE_APPLICATION_TESTER_NAME */
	const char *tester_id_type;
	const char *tester_id_sealed; /* PURPOSE_APPLICATION_TESTER_ID */
};

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
