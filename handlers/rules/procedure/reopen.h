#ifndef HANDLERS_RULES_PROCEDURE_REOPEN_H
#define HANDLERS_RULES_PROCEDURE_REOPEN_H

#include <stdbool.h>

#include "fcgi/http/form.h"

/*
 * Which fields of a form that was sent back may change. What a bureau pinned a remark to
 * is open; so is every field that is asked because of an open one (struct field, asked) or
 * judged by it (follows), and so on; the rest stays as filed. Nothing pinned: all of it is
 * open. Pure.
 */
struct reopened {
	bool all;
	const struct field *fields[FORM_FIELDS_MAX]; /* in the form's order */
	size_t count;
};

/* names: the fields pinned to; those the form does not know (any more) are passed over. */
void reopen(const struct form *form, const char *const *names, size_t count, struct reopened *ret);

bool reopened_has(const struct reopened *r, const struct field *field);

#endif
