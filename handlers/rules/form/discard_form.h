#ifndef HANDLERS_RULES_FORM_DISCARD_FORM_H
#define HANDLERS_RULES_FORM_DISCARD_FORM_H

#include <stdint.h>

#include "fcgi/http/form.h"

/* 弃用 (APP-55, ACC-34, A-53). One member per row. */
struct discard_form {
	const char *reason;
	int64_t version; /* of the row the person was looking at */
};

extern const struct form discard_form;

#endif
