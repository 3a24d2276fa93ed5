#ifndef HANDLERS_APPLICATION_SUBJECT_H
#define HANDLERS_APPLICATION_SUBJECT_H

#include "fcgi/http/request.h"
#include "handlers/rules/form/application_form.h"
#include "sql/application/application.h"

/*
 * What an application is about: the application name lists and sheets print,
 * and what only one running application may be about.
 */
struct subject {
	const char *shown_app_name; /* A-38; NULL while a draft does not say */
	const char *third_channel;  /* A-59; NULL for an own channel */
	const char *app_type;       /* of app_type_choices, or NULL */
};

/*
 * From the answers: looks up the 官方渠道 or the 已有 application.
 * The field is refused when there is no such one to choose, which form_end()
 * tells.
 */
MUST_CHECK enum err subject_of(struct req *q, struct sql *db, const struct application *app,
    const struct application_form *form, struct subject *ret);

/*
 * At 提交: the row is about this from now on. ERR_EXISTS when another running
 * application of the institution is, ERR_INVALID naming app_name when a
 * 新增 name is taken.
 */
MUST_CHECK enum err subject_claim(struct req *q, struct sql_tx *tx, const struct application *app,
    const struct application_form *form, const struct subject *subject);

#endif
