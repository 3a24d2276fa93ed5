#ifndef HANDLERS_RULES_FORM_OPERATOR_FORM_H
#define HANDLERS_RULES_FORM_OPERATOR_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "fcgi/http/form.h"

/* 单位经办人: look up, add, grant (OP-2 … OP-9, A-18 … A-20). */

struct operator_lookup_form {
	const char *phone;
};
extern const struct form operator_lookup_form;

/*
 * Of a phone the system knows nothing else is needed (OP-3); of a new one all
 * the rest is (OP-4), which handlers/unit/operator_add.c asks for.
 */
struct operator_add_form {
	const char *phone, *name, *id_type, *id_no, *id_start, *id_end;
	bool id_forever;
};
extern const struct form operator_add_form;

/* Business by wire name, for forms. */
extern const struct choice business_choices[];

struct grants_form {
	struct text_list business; /* all that the operator shall hold */
};
extern const struct form grants_form;

/* One business handed over. */
struct transfer_form {
	const char *business; /* of business_choices */
	int64_t to;           /* binding of who gets it */
};
extern const struct form transfer_form;

#endif
