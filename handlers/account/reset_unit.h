#ifndef HANDLERS_ACCOUNT_RESET_UNIT_H
#define HANDLERS_ACCOUNT_RESET_UNIT_H

#include "fcgi/http/request.h"

/*
 * 找回密码 of a unit, between its steps: the unit whose account was named is kept
 * in the anonymous session, and nobody but its owner learns whether there is one.
 */

/* id: of the unit; 0 when the account named is nobody's. Saves the session. */
MUST_CHECK enum err reset_unit_name(struct req *q, int64_t id);

/* ERR_OK and the id as named, 0 included. ERR_WRONG_STATE, refused, before any was. */
MUST_CHECK enum err reset_unit_named(struct req *q, int64_t *ret_id);

#endif
