#ifndef HANDLERS_RULES_FORM_APPLICATION_FORM_H
#define HANDLERS_RULES_FORM_APPLICATION_FORM_H

#include <stdint.h>

#include "fcgi/http/form.h"

/* ---- the 申请单 ------------------------------------------------------------ */

/*
 * The 申请单 (APP-23 … APP-35). "@kind" is the kind of the institution,
 * hospital or pharmacy (institution_kind()). A draft may be incomplete;
 * 提交 judges the stored draft by the same rows.
 *
 * One member per row. File members hold the key of an upload, or NULL.
 */
struct application_form {
	const char *business_type;
	const char *channel;
	const char *app_source;
	int64_t official_channel; /* row of official_channel; 0 when not given */
	const char *existing_app; /* number of an earlier application of the institution */
	const char *app_name;
	const char *app_screenshot;
	const char *app_type;
	struct text_list purchase_channels;
	const char *purchase_other;
	const char *contact_name;
	const char *contact_phone;
	const char *contact_email;
	const char *application_letter;
	const char *agreement;
	const char *supplement;
	const char *plan;
	const char *remark;
	int64_t version; /* of the row the person was looking at; 0 when creating */
};

extern const struct form application_form;

/* ---- steps of it ----------------------------------------------------------- */

/* 提交 and 提交审核: which version of the stored draft is meant. One member per row. */
struct submission_form {
	int64_t version;
};

extern const struct form submission_form;

/* 弃用 (APP-55, ACC-34, A-53). One member per row. */
struct discard_form {
	const char *reason;
	int64_t version; /* of the row the person was looking at */
};

extern const struct form discard_form;

#endif
