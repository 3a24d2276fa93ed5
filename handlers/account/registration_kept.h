#ifndef HANDLERS_ACCOUNT_REGISTRATION_KEPT_H
#define HANDLERS_ACCOUNT_REGISTRATION_KEPT_H

#include "fcgi/http/request.h"
#include "handlers/rules/form/account_form.h"

/* Step 1 of a registration as the session keeps it. */
struct registration {
	struct register_unit_form unit; /* without passwords */
	const char *password;           /* hashed */
};

/* Saves the session. */
MUST_CHECK enum err registration_keep(struct req *q, const struct registration *r);
/* *ret_found false when there is none; *ret is then untouched. */
MUST_CHECK enum err registration_load(struct req *q, struct registration *ret, bool *ret_found);
/* {unit, operator}: what was typed so far, right or not, without secrets. *ret is the caller's. */
MUST_CHECK enum err registration_typed(struct req *q, json_t **ret);
/* typed: passes to this; NULL for nothing. Saves the session. */
MUST_CHECK enum err registration_typed_put(struct req *q, const char *step, json_t *typed);
/* Done with. What stays behind by a failure is refused at the next attempt, as it exists. */
void registration_forget(struct req *q);

#endif
