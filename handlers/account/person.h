#ifndef HANDLERS_ACCOUNT_PERSON_H
#define HANDLERS_ACCOUNT_PERSON_H

#include "fcgi/http/form.h"
#include "fcgi/http/request.h"
#include "sql/account/operator.h"

/* 经办人 as forms say them (name, id_type, id_no, id_start, id_end) and as the table keeps them. */

struct person {
	const char *phone; /* 11 digits */
	const char *name, *id_type, *id_no, *id_start;
	const char *id_end; /* NULL: 长期 */
};

/* Whose phone it is. ERR_NOT_FOUND. */
MUST_CHECK enum err operator_of(struct req *q, const char *phone, struct operator* ret);
/* *ret_found false and *ret untouched when nobody has the phone. */
MUST_CHECK enum err
operator_find(struct req *q, const char *phone, struct operator* ret, bool *ret_found);

/* Is it the stored person, by name and papers? */
MUST_CHECK enum err
person_matches(struct req *q, const struct person *person, const struct operator* o, bool *ret);

/* Does the form say anything of who it is, right or wrong? */
bool person_given(const struct req *q, const struct person *person);
/*
 * Where all of it is needed (OP-4), which the table cannot know: names in q->errors what is not
 * given, and what does not agree; form_end() reports it.
 */
void
person_wanted(struct req *q, const struct form *form, const struct person *person, bool forever);
/* Likewise one field of a form that is not given. */
void want(struct req *q, const struct form *form, const char *name, const char *value);

/* password: hashed; until: 0, or when a generated one dies. ERR_CONFLICT: the phone came first. */
MUST_CHECK enum err person_insert(struct req *q, struct sql_tx *tx, const struct person *person,
    const char *password, int64_t until, int64_t *ret_id);

#endif
