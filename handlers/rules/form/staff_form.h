#ifndef HANDLERS_RULES_FORM_STAFF_FORM_H
#define HANDLERS_RULES_FORM_STAFF_FORM_H

#include "fcgi/http/form.h"

/* Accounts of the staff, as the 安全管理员 keeps them. */
struct staff_form {
	const char *account; /* when it is made; never changed */
	const char *name;
	const char *role;   /* wire name of role.def */
	const char *bureau; /* code of its region */
	const char *scope;  /* code of a region inside the bureau's; NULL: all of it */
	bool may_download;
	int64_t version; /* of the account that is changed */
};
extern const struct form staff_add_form, staff_change_form;

struct staff_disable_form {
	bool disabled;
	const char *reason; /* of disabling */
};
extern const struct form staff_disable_form;

#endif
