#ifndef HANDLERS_RULES_FORM_CERTIFICATION_FORM_H
#define HANDLERS_RULES_FORM_CERTIFICATION_FORM_H

#include <stdint.h>

#include "fcgi/http/form.h"

/* ---- the unit asks --------------------------------------------------------- */

/* 资质认证 (CERT-2, A-13). */
struct certification_form {
	const char *business_licence; /* key of the upload */
};
extern const struct form certification_form;

/* ---- a bureau answers ------------------------------------------------------ */

/* What a bureau answers to a unit that asked for 人工认证. */
struct confirmation_form {
	const char *event; /* of confirmation_choices */
	const char *until; /* the last day it holds, "yyyy-MM-dd" */
	const char *remark;
	int64_t version; /* of the unit the officer was looking at */
};

#define CONFIRMATION_PASS "pass"

extern const struct choice confirmation_choices[];
extern const struct form confirmation_form;

#endif
