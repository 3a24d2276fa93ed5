#ifndef HANDLERS_RULES_FORM_CATALOGUE_FORM_H
#define HANDLERS_RULES_FORM_CATALOGUE_FORM_H

#include "fcgi/http/form.h"

/*
 * Rows of the tables of catalogue.def. A row begins with its key, which the
 * store fills; members without a field in the form are worked out by the
 * table's check (handlers/admin/catalogue_check.c). Days are "yyyy-MM-dd".
 */
struct catalogue_key {
	int64_t id, version;
};

struct bureau_row {
	struct catalogue_key key;
	const char *region_code, *name;
	int64_t level;      /* worked out */
	const char *prefix; /* worked out */
};

struct region_row {
	struct catalogue_key key;
	const char *code, *name;
	int64_t level, kind; /* worked out */
	const char *parent;  /* worked out; NULL for the nation */
	int64_t position;
	bool active;
};

struct institution_row {
	struct catalogue_key key;
	const char *code, *name, *region_code, *uscc;
	const char *agreement_start, *agreement_end;
	bool active;
};

struct channel_row {
	struct catalogue_key key;
	const char *code, *name, *channel;
	bool active;
};

struct dictionary_row {
	struct catalogue_key key;
	const char *list, *code, *text, *hint;
	int64_t position;
	bool active;
};

struct announcement_row {
	struct catalogue_key key;
	const char *title, *body;
	const char *starts, *ends;
	bool active;
};

#define CATALOGUE(name, NAME, path, title, about, search, read, write)                             \
	extern const struct form name##_row_form;
#include "handlers/rules/table/catalogue.def"
#undef CATALOGUE

/* Every row form has this field, for changing a row; the row's key keeps the value. */
#define CATALOGUE_VERSION "version"

#endif
