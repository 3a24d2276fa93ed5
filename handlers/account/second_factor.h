#ifndef HANDLERS_ACCOUNT_SECOND_FACTOR_H
#define HANDLERS_ACCOUNT_SECOND_FACTOR_H

#include "fcgi/http/answer.h"
#include "fcgi/http/config.h"

/*
 * The officers' second factor (M-3): a code of an authenticator app
 * after password and captcha. Where PORTAL_STAFF_TOTP is "required" whoever
 * has none yet sets one up at the first login; where it is "optional" he may.
 */

/*
 * POST /session/totp-secret - 200: a new secret, which counts once a code of it was given. 409
 * when there is one already.
 */
extern const struct answer totp_secret_answer;
MUST_CHECK enum err totp_secret_new(struct req *q);
/*
 * POST /session/totp - 200, session_answer. 422 wrong or used code; 429 after five, and the
 * session ends.
 */
MUST_CHECK enum err totp_check(struct req *q);

struct second_factor_settings {
	const char *staff; /* "optional"; anything else is "required" */
};

extern struct second_factor_settings second_factor_settings;
extern const struct settings second_factor_settings_table;

#endif
