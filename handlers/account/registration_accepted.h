#ifndef HANDLERS_ACCOUNT_REGISTRATION_ACCEPTED_H
#define HANDLERS_ACCOUNT_REGISTRATION_ACCEPTED_H

#include <stdbool.h>

#include "fcgi/http/request.h"
#include "handlers/rules/form/account_form.h"

/*
 * Step 1 of a registration as it was accepted, sealed for the browser to bring
 * along with step 2: nothing of it is kept here, so that whoever begins and
 * never ends takes up no room. It is good for config->session_max seconds, and
 * as often as it is sent: what is taken by then is refused by step 2.
 */

/* In the arena. form: with its password, which is as readable as the rest of it. */
const char *registration_accept(struct req *q, const struct register_unit_form *form);
/* *ret_good false when it is none of ours, of another table, or too old; *ret is then untouched. */
MUST_CHECK enum err registration_accepted(struct req *q, const char *sealed,
    struct register_unit_form *ret, bool *ret_good);

#endif
