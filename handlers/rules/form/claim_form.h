#ifndef HANDLERS_RULES_FORM_CLAIM_FORM_H
#define HANDLERS_RULES_FORM_CLAIM_FORM_H

#include "fcgi/http/form.h"

/* 领取: taking an application from the desk's list, with a reason also from a colleague. */
struct claim_form {
	const char *reason; /* NULL: only when nobody else has it */
	const char *holder; /* from whom, as shown; NULL: from whoever has it */
};

extern const struct form claim_form;

#endif
