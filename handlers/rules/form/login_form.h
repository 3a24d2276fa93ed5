#ifndef HANDLERS_RULES_FORM_LOGIN_FORM_H
#define HANDLERS_RULES_FORM_LOGIN_FORM_H

#include "fcgi/http/form.h"

/*
 * Signing in (LOG-2, OP-15, A-16, A-21), choosing for whom, and the SMS code.
 * A login form checks no shape of account or password: what is wrong there is
 * told in one sentence, whatever it is.
 */

struct login_form { /* account: 单位账号 or 统一社会信用代码; of an officer the account */
	const char *account, *password, *captcha_id, *captcha;
};
extern const struct form login_unit_form;
extern const struct form login_officer_form;

struct login_operator_form {
	const char *phone, *password, *captcha_id, *captcha;
};
extern const struct form login_operator_form;

/* The code of an officer's authenticator. */
struct totp_form {
	const char *code;
};
extern const struct form totp_form;

/* What an SMS code is good for. */
extern const struct choice sms_purpose_choices[];

struct sms_code_form {
	const char *purpose, *phone, *captcha_id, *captcha;
};
extern const struct form sms_code_form;

struct choose_unit_form {
	int64_t unit_id;
};
extern const struct form choose_unit_form;

struct choose_institution_form {
	int64_t institution_id;
};
extern const struct form choose_institution_form;

#endif
