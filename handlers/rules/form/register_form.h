#ifndef HANDLERS_RULES_FORM_REGISTER_FORM_H
#define HANDLERS_RULES_FORM_REGISTER_FORM_H

#include "fcgi/http/form.h"

/*
 * 单位注册, steps 1 and 2 (REG-3 … REG-16, A-01 … A-09). What needs a second
 * field, the clock or the database is checked by handlers/account/register.c.
 */

/* 机构类型. */
extern const struct choice institution_kind_choices[];

struct register_unit_form {
	const char *account, *password, *password2;
	const char *name, *institution_kind, *region, *uscc, *address, *postcode;
	const char *legal_name, *legal_id_type, *legal_id_no, *legal_phone;
};
extern const struct form register_unit_form;

struct register_operator_form {
	const char *name, *id_type, *id_no, *id_start, *id_end;
	bool id_forever; /* 长期: there is no id_end */
	const char *phone, *password, *password2, *sms_code;
};
extern const struct form register_operator_form;

#endif
