#ifndef HANDLERS_ACCOUNT_SESSION_H
#define HANDLERS_ACCOUNT_SESSION_H

#include "fcgi/http/answer.h"

/*
 * Who is at the browser, and for whom: signing in and out, and choosing the
 * unit and the institution (LOG, OP-14 … OP-17, APP-5, A-16, A-17, A-31).
 * Who signs in or chooses gets the same as who asks, session_answer.
 */
extern const struct answer session_answer;

/* GET /session - never refused; makes an anonymous session when there is none. */
MUST_CHECK enum err session_show(struct req *q);
/* DELETE /session - 204; also when nobody is signed in. */
MUST_CHECK enum err session_close(struct req *q);

/*
 * POST /session/unit, /session/operator, /session/officer
 * 401 LOGIN_FAILED  one answer for unknown account, wrong password, disabled
 * 403 PASSWORD_EXPIRED  right, but the generated password has died
 * 429 LOCKED  five failures: for 15 minutes, and says how many are left
 * 429 RATE_LIMITED  too many failures from this address
 */
MUST_CHECK enum err login_unit(struct req *q);
MUST_CHECK enum err login_operator(struct req *q);
MUST_CHECK enum err login_officer(struct req *q);

/* GET /session/units - those an operator is bound to. */
extern const struct answer unit_choices_answer;
MUST_CHECK enum err session_units(struct req *q);
/* PUT /session/chosen-unit - 404 when the operator is not bound to it. */
MUST_CHECK enum err choose_unit(struct req *q);
/* GET /session/institutions - those of the unit. */
extern const struct answer institutions_answer;
MUST_CHECK enum err session_institutions(struct req *q);
/* PUT /session/institution - 404 when it is not the unit's. */
MUST_CHECK enum err choose_institution(struct req *q);

/* GET /sessions - where this person is signed in now. */
extern const struct answer sessions_answer;
MUST_CHECK enum err session_index(struct req *q);
/* DELETE /sessions/{key} - 204; 404 not his, 409 the one that asks. */
MUST_CHECK enum err session_end_one(struct req *q);
/* DELETE /sessions - all but the one that asks. 204 */
MUST_CHECK enum err session_end_others(struct req *q);

#endif
