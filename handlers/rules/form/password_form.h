#ifndef HANDLERS_RULES_FORM_PASSWORD_FORM_H
#define HANDLERS_RULES_FORM_PASSWORD_FORM_H

#include "fcgi/http/form.h"

/* Changing a password and 找回密码 (PWD-3, PWD-4, A-23, A-24). */

struct password_change_form {
	const char *old_password, *password, *password2;
};
extern const struct form password_change_form;

struct password_reset_account_form {
	const char *account, *captcha_id, *captcha;
};
extern const struct form password_reset_account_form;

/* 联系验证人 */
extern const struct choice verifier_choices[];

struct password_reset_form {
	const char *unit_name, *uscc;
	const char *legal_name, *legal_id_type, *legal_id_no;
	const char *verifier, *verifier_name, *phone;
	const char *password, *password2, *sms_code;
};
extern const struct form password_reset_form;

/* A 经办人 by his own phone. His papers too, as numbers are given to others one day. */
struct operator_reset_form {
	const char *phone, *name, *id_no;
	const char *password, *password2, *sms_code;
};
extern const struct form operator_reset_form;

#endif
