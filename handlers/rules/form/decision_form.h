#ifndef HANDLERS_RULES_FORM_DECISION_FORM_H
#define HANDLERS_RULES_FORM_DECISION_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "fcgi/http/form.h"

/*
 * What a bureau decides (A-45 … ). Whether the remark and the tick
 * are needed is the step's to say (workflow.h, enum need). One member per row.
 */
struct decision_form {
	const char *event; /* of decision_choices */
	const char *remark;
	bool security_checked;
	int64_t version; /* of the row the person was looking at */
};

extern const struct form decision_form;

#endif
