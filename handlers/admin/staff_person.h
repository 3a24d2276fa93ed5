#ifndef HANDLERS_ADMIN_STAFF_PERSON_H
#define HANDLERS_ADMIN_STAFF_PERSON_H

#include "fcgi/http/request.h"
#include "sql/account/staff.h"

/*
 * The person behind an account of the staff is his 居民身份证, whatever the account is called
 * . Accounts are compared by its index, also while the key of the index is exchanged.
 */

/* Under which a person's accounts stand: *ret_also NULL, or a second one during an exchange. */
MUST_CHECK enum err staff_person_of(struct req *q, const struct staff *s, const char **ret_index,
    const char **ret_also);

/* Are these accounts one person's? */
MUST_CHECK enum err
staff_person_same(struct req *q, const struct staff *a, const struct staff *b, bool *ret);

/*
 * Nobody has two roles, nor two accounts in one bureau; accounts that are disabled do not count.
 * ERR_CONFLICT with a detail.
 */
MUST_CHECK enum err staff_person_free(struct req *q, struct sql_tx *tx, const struct staff *s);

/* Into *s: id_index of a 居民身份证号码 in its kept form, and both values sealed. */
void staff_person_seal(struct req *q, const char *id_no, const char *phone, struct staff *s);

/* The account the path names, unless it is one of the person who asks: ERR_FORBIDDEN. */
MUST_CHECK enum err staff_other(struct req *q, struct staff *ret);

#endif
