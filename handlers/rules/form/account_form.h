#ifndef HANDLERS_RULES_FORM_ACCOUNT_FORM_H
#define HANDLERS_RULES_FORM_ACCOUNT_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "fcgi/http/form.h"

/* ---- registering ----------------------------------------------------------- */

/*
 * 单位注册, steps 1 and 2 (REG-3 … REG-16, A-01 … A-09). What needs a second
 * field, the clock or the database is checked by handlers/account/cross_check.c.
 */

/* 机构类型. */
extern const struct choice institution_kind_choices[];

struct register_unit_form {
	const char *account, *password, *password2;
	const char *name, *institution_kind, *region, *uscc, *address, *postcode;
	const char *legal_name, *legal_id_type, *legal_id_no, *legal_phone;
	const char *captcha_id, *captcha;
};
extern const struct form register_unit_form;

struct register_operator_form {
	const char *unit; /* step 1 as it was accepted: handlers/account/registration_accepted.h */
	const char *name, *id_type, *id_no, *id_start, *id_end;
	bool id_forever; /* 长期: there is no id_end */
	const char *phone, *password, *password2, *sms_code;
};
extern const struct form register_operator_form;

/* ---- signing in ------------------------------------------------------------ */

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
	const char *effort; /* handlers/account/effort.h */
};
extern const struct form sms_code_form;

/* 验证手机号: asking for the code, and giving it. */
struct proof_code_form {
	const char *captcha_id, *captcha;
};
extern const struct form proof_code_form;

struct proof_form {
	const char *sms_code;
};
extern const struct form proof_form;

/* 安全设置 of a unit: whether its logins take a code by SMS, too. */
struct unit_security_form {
	bool second_factor;
};
extern const struct form unit_security_form;

struct choose_unit_form {
	int64_t unit_id;
};
extern const struct form choose_unit_form;

struct choose_institution_form {
	int64_t institution_id;
};
extern const struct form choose_institution_form;

/* ---- passwords ------------------------------------------------------------- */

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
