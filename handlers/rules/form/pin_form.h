#ifndef HANDLERS_RULES_FORM_PIN_FORM_H
#define HANDLERS_RULES_FORM_PIN_FORM_H

#include <stdint.h>

#include "fcgi/http/form.h"

/* 批注: pinned to a field of the form that is reviewed, and in its file to a page or second. */
struct pin_form {
	const char *field;
	int64_t place; /* page of a PDF or second of a recording, from 1; 0 all of it */
	const char *text;
};

/* An opinion that is being written: 审核结论 and 审核意见 so far. */
struct draft_form {
	const char *event; /* of decision_choices */
	const char *remark;
};

/* 常用意见 */
struct opinion_template_form {
	const char *event; /* of decision_choices; NULL for both */
	const char *title;
	const char *text;
	bool national; /* offered to every bureau; the nation's only */
};

extern const struct form pin_form;
extern const struct form draft_form;
extern const struct form opinion_template_form;

#endif
