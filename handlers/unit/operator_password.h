#ifndef HANDLERS_UNIT_OPERATOR_PASSWORD_H
#define HANDLERS_UNIT_OPERATOR_PASSWORD_H

#include "fcgi/http/request.h"
#include "handlers/common/notify.h"

/* A password made for a 经办人 (A-18, OP-11): by SMS only, dead after 24 hours, to be changed. */
struct generated_password {
	char *text; /* wiped by generated_password_send() */
	char *hash;
	int64_t until; /* Unix seconds */
};

MUST_CHECK enum err generated_password_make(struct req *q, struct generated_password *ret);
/* notice: one whose {0} is the unit and {1} the password. */
MUST_CHECK enum err generated_password_send(struct req *q, struct sql_tx *tx,
    struct generated_password *made, enum notice notice, const char *phone, const char *unit_name);

#endif
