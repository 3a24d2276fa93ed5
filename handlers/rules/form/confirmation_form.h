#ifndef HANDLERS_RULES_FORM_CONFIRMATION_FORM_H
#define HANDLERS_RULES_FORM_CONFIRMATION_FORM_H

#include "fcgi/http/form.h"

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
