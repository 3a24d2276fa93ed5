#ifndef HANDLERS_ACCOUNT_PASSWORD_H
#define HANDLERS_ACCOUNT_PASSWORD_H

#include "fcgi/http/answer.h"

/* Changing a password one knows, and 找回密码 of a unit (PWD, A-02, A-18, A-23, A-24). */

/*
 * PUT /session/password - 204; all other sessions of the person end. Open
 * behind a generated password. 422 for a wrong old one, 429 as at login.
 */
MUST_CHECK enum err password_change(struct req *q);

/* POST /password-reset - step 1, which account. 200, empty, whether there is one or not. */
extern const struct answer password_reset_answer;
MUST_CHECK enum err password_reset_begin(struct req *q);
/*
 * PUT /password-reset - step 2: unit, 法人 and 联系验证人 as registered, phone
 * proven by SMS. 204; all sessions of the unit end. 409 before step 1. One
 * general text for whatever does not match.
 */
MUST_CHECK enum err password_reset_finish(struct req *q);

/*
 * PUT /password-reset/operator - a 经办人 by name, papers and his phone, which an SMS proves
 * (purpose operator_reset, sent to whoever asks, known or not). 204; all his sessions end. One
 * general text for whatever does not match.
 */
MUST_CHECK enum err password_reset_operator(struct req *q);

#endif
