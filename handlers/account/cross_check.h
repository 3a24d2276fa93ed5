#ifndef HANDLERS_ACCOUNT_CROSS_CHECK_H
#define HANDLERS_ACCOUNT_CROSS_CHECK_H

#include "fcgi/http/request.h"

/*
 * What the form tables cannot say, as it takes two fields or the clock. Each
 * names its field in q->errors when something is wrong and reports nothing; the
 * caller ends with form_end() once all are asked, so people see all mistakes
 * at once. Values that were not given pass: the table has asked for them.
 */

/*
 * Fields password and password2: equal, and none of `others` (ends with NULL)
 * such as the account, in whatever case.
 */
void check_password(struct req *q, const char *password, const char *password2,
    const char *const *others);

/* An identity number of that type, in field `name`; born by today. */
void check_id_no(struct req *q, const char *name, const char *type, const char *number);

/* Fields id_start and id_end (NULL for 长期): in order, and not over. */
void check_id_period(struct req *q, const char *id_start, const char *id_end);

/* Field `region`: one an agreement can lie in, so a leaf or a 本级. */
MUST_CHECK enum err check_region(struct req *q, const char *code);

/* The stored form of an identity number (upper case). */
const char *id_no_stored(struct req *q, const char *number);

#endif
