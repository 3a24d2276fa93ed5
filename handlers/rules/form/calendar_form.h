#ifndef HANDLERS_RULES_FORM_CALENDAR_FORM_H
#define HANDLERS_RULES_FORM_CALENDAR_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "fcgi/http/form.h"

/* A day that differs from Monday to Friday; the day itself is in the address. */
struct calendar_day_form {
	bool works;
	const char *name;
};

/* How many working days a desk may take. */
struct desk_target_form {
	const char *desk; /* of desk_choices */
	int64_t days;
};

extern const struct form calendar_day_form;
extern const struct form desk_target_form;

#endif
