#ifndef HANDLERS_ACCOUNT_LOGIN_H
#define HANDLERS_ACCOUNT_LOGIN_H

#include <stdbool.h>

#include "fcgi/http/request.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/rules/table/names.h"
#include "sql/account/unit.h"

/* What the three logins and the choice of a unit share. */

/* May this be anybody's account? Only what is printable ASCII without blanks. */
bool login_is_plain(const char *typed);

/*
 * By 单位账号 or 统一社会信用代码, whichever it is. *ret_found false and
 * *ret untouched when there is none.
 */
MUST_CHECK enum err
unit_by_login(struct req *q, const char *typed, struct unit *ret, bool *ret_found);

/*
 * Came with a password: a new session for this person, noted in the audit and
 * answered with session_answer, which says when and from where he was here
 * last. The browser is known to be his from now on. `data` passes to the
 * session.
 */
MUST_CHECK enum err
sign_in(struct req *q, enum role role, int64_t user_id, json_t *data, enum deed deed);

/* The rights of the present session grow; noted and answered likewise. `data` passes to it. */
MUST_CHECK enum err sign_on(struct req *q, json_t *data, enum deed deed);

/*
 * Into a session's data: the unit, and its institution when there is exactly
 * one pair of institution and 区划 to choose from. Where the unit demands
 * a second step of the login, that is yet to come.
 */
MUST_CHECK enum err data_add_unit(struct req *q, json_t *data, const struct unit *unit);

#endif
