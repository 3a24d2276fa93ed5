#ifndef HANDLERS_RULES_FORM_OPERATOR_FORM_H
#define HANDLERS_RULES_FORM_OPERATOR_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "fcgi/http/form.h"

/* 单位经办人: add, grant (OP-2 … OP-9, A-18 … A-20); and what the invited answers. */

/*
 * The phone first (OP-2). Whoever has an account needs nothing else (OP-3), and a new one can give
 * his papers himself; a unit that gives them gives all (OP-4), which handlers/account/person.c asks
 * for. Which of the two the phone is, the unit is not told.
 */
struct operator_add_form {
	const char *phone, *name, *id_type, *id_no, *id_start, *id_end;
	bool id_forever;
};
extern const struct form operator_add_form;

/* The code of an invitation, as the SMS brought it, and the phone it came to. */
struct invitation_look_form {
	const char *phone, *code, *captcha_id, *captcha;
};
extern const struct form invitation_look_form;

struct invitation_code_form {
	const char *phone, *code;
};
extern const struct form invitation_refuse_form;

/* The rest is asked of who has no account yet. */
struct invitation_accept_form {
	const char *phone, *code;
	const char *name, *id_type, *id_no, *id_start, *id_end;
	bool id_forever;
	const char *password, *password2;
};
extern const struct form invitation_accept_form;

/* Business by wire name, for forms. */
extern const struct choice business_choices[];

struct grants_form {
	struct text_list business; /* all that the operator shall hold */
};
extern const struct form grants_form;

/* One business handed over. */
struct transfer_form {
	const char *business; /* of business_choices */
	int64_t to;           /* binding of who gets it */
};
extern const struct form transfer_form;

#endif
