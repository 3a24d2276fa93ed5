#include "handlers/rules/procedure/reopen.h"

#include <string.h>

static bool
is_open(const struct form *form, const bool *open, const char *name)
{
	const struct field *f = name ? form_field(form, name) : NULL;

	return f && open[f - form->fields];
}

/* Is it asked because of an open field, or judged by one? */
static bool
depends(const struct form *form, const bool *open, const struct field *f)
{
	for (size_t i = 0; i < CONDITIONS_MAX && f->asked[i].field; i++)
		if (is_open(form, open, f->asked[i].field))
			return true;
	return is_open(form, open, f->follows);
}

void
reopen(const struct form *form, const char *const *names, size_t count, struct reopened *ret)
{
	bool open[FORM_FIELDS_MAX] = { false }, more = true;

	*ret = (struct reopened){ .all = true };
	for (size_t i = 0; i < count; i++) {
		const struct field *f = form_field(form, names[i]);

		if (f)
			open[f - form->fields] = true;
	}
	while (more) {
		more = false;
		for (size_t i = 0; i < form->count; i++)
			if (!open[i] && depends(form, open, &form->fields[i]))
				open[i] = more = true;
	}
	for (size_t i = 0; i < form->count; i++)
		if (open[i])
			ret->fields[ret->count++] = &form->fields[i];
	ret->all = ret->count == 0;
}

bool
reopened_has(const struct reopened *r, const struct field *field)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->fields[i] == field)
			return true;
	return r->all;
}
