#ifndef HANDLERS_ADMIN_STAFF_PASSWORD_H
#define HANDLERS_ADMIN_STAFF_PASSWORD_H

#include "fcgi/http/request.h"
#include "sql/account/staff.h"

/*
 * A password made for somebody of the staff: to his phone alone, shown to nobody, dead after
 * 72 hours, to be changed at the first login.
 */
struct staff_password {
	char *text; /* wiped by staff_password_send() */
	char *hash;
	int64_t until; /* Unix seconds */
};

MUST_CHECK enum err staff_password_make(struct req *q, struct staff_password *ret);
/* By SMS, to the phone the account has. */
MUST_CHECK enum err staff_password_send(struct req *q, struct sql_tx *tx,
    struct staff_password *made, const struct staff *to);

#endif
