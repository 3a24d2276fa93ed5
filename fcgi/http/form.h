#ifndef FCGI_HTTP_FORM_H
#define FCGI_HTTP_FORM_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fcgi/base/arena.h"
#include "fcgi/base/array.h"
#include "fcgi/base/err.h"

/*
 * A form is a table: one row per field, one struct member per row. The same
 * table checks what arrives, fills the typed struct, prints a stored struct
 * back as JSON, and is exported for the browser - so a rule is written once.
 */

/* Derived from the member's C type by FIELD(). */
enum field_type { FIELD_TEXT, FIELD_INTEGER, FIELD_BOOL, FIELD_LIST };

/* Several values of one choice list, or texts of one pattern. */
struct text_list {
	const char *const *items; /* in the arena; NULL when count is 0 */
	size_t count;
};

/* A named check beyond length and pattern; the browser has one of the same name. */
struct format {
	const char *name;
	bool (*check)(const char *text);
	/* The form kept of an accepted text, in the arena; NULL keeps it as it came. */
	char *(*normalise)(struct arena *arena, const char *text);
};

struct choice {
	const char *code; /* on the wire and in the database */
	const char *text; /* as people read it */
	const char *hint; /* or NULL */
};

#define CONDITIONS_MAX 4
#define CONDITION_VALUES_MAX 4

/* Holds when the named field has one of the values. "@kind" names the form's variant. */
struct condition {
	const char *field;
	const char *in[CONDITION_VALUES_MAX];
};

/* clang-format off */
struct field {
	const char *name;		/* on the wire; equals the struct member */
	const char *label;		/* as people read it */
	const char *hint;		/* shown when the value is refused */
	const char *help;		/* shown beside the field; NULL for none */
	const char *placeholder;	/* or NULL */
	const char *control;		/* how a browser asks; NULL: derived from the type */
	const char *autocomplete;	/* HTML autocomplete token, or NULL */
	enum field_type type;
	bool required;			/* when asked, at FORM_SUBMIT */
	bool pii;			/* personal data: value never logged */
	bool secret;			/* never sent back by form_dump() */
	bool multiline;			/* TEXT: line breaks and tabs allowed */
	int64_t min, max;		/* TEXT: Unicode code points; INTEGER: the value;
					   LIST: number of items; BOOL: min 1 when only true will do */
	const char *pattern;		/* the whole value must match; only what POSIX ERE and
					   ECMAScript read alike */
	const struct format *format;	/* or NULL */
	const struct choice *choices;	/* ends with an empty row; NULL for any */
	const char *dictionary;		/* name of the list that may stand in for `choices`; or NULL */
	const char *slot;		/* the value is the key of an upload of this slot; or NULL */
	struct condition asked[CONDITIONS_MAX];	/* all must hold; a field not asked is refused */
	const char *follows;		/* another field whose answer judges this one, beyond `asked`:
					   who may change that one must be able to change this; or NULL */
	size_t offset;
};
/* clang-format on */

struct form {
	const char *name;
	const struct field *fields;
	size_t count;
};

/* Why one field was refused. */
struct field_error {
	const char *name;
	const char *text;
};

#define FORM_FIELDS_MAX 64

struct field_errors {
	struct field_error list[FORM_FIELDS_MAX];
	size_t count;
};

/* A draft may leave required fields empty; whatever is there is checked either way. */
enum form_mode { FORM_SUBMIT, FORM_DRAFT };

/*
 * Fill `out` (the struct the form was declared for, zeroed by the caller) from
 * a JSON object. "", null and absent mean the same: not given. Texts are
 * trimmed; strings in `out` live in `arena`. Every refused field is listed in
 * `errors`, not only the first; names the form does not know, or does not ask
 * here, are listed too.
 *
 * variant: what "@kind" is judged by; NULL when the form has no variants.
 * ERR_INVALID when errors->count > 0.
 */
MUST_CHECK enum err form_read(const struct form *form, const json_t *input, const char *variant,
    enum form_mode mode, struct arena *arena, struct field_errors *errors, void *out);

/*
 * The same for answers that are a struct of the form already, as they were stored: 0, false and
 * an empty list mean not given. `out`, another struct, gets what is accepted, in its kept form.
 */
MUST_CHECK enum err form_check(const struct form *form, const void *in, const char *variant,
    enum form_mode mode, struct arena *arena, struct field_errors *errors, void *out);

/* The reverse: what is given in `in`, without secrets. The caller owns the result. */
json_t *form_dump(const struct form *form, const void *in);

/* Add one refusal after the fact; text NULL takes the field's own hint. Always ERR_INVALID. */
MUST_CHECK enum err form_refuse(const struct form *form, struct field_errors *errors,
    const char *name, const char *text);

/* The row of that name; NULL when the form has none. */
const struct field *form_field(const struct form *form, const char *name);
/* Does the form ask this row, given the other answers? */
bool form_asks(const struct form *form, const struct field *field, const json_t *input,
    const char *variant, struct arena *arena);

/* The text of a choice; NULL when `code` is NULL or not among them. */
const char *choice_text(const struct choice *choices, const char *code);

/*
 * Some lists of choices are kept by people while the program runs. current():
 * the list of that name as it is now, NULL for none, which leaves the field's
 * own choices. Set once, before the first form is read; NULL again for none.
 */
void form_set_dictionaries(const struct choice *(*current)(const char *name));

#define FIELD_TYPE_OF(member)                                                                      \
	_Generic((member), const char *: FIELD_TEXT, int64_t: FIELD_INTEGER, bool: FIELD_BOOL,     \
	    struct text_list: FIELD_LIST)

#define FIELD(type_, member, ...)                                                                  \
	{                                                                                          \
		.name = #member, .offset = offsetof(type_, member),                                \
		.type = FIELD_TYPE_OF(((type_ *)0)->member), __VA_ARGS__                           \
	}

#define FORM(name_, rows)                                                                          \
	{                                                                                          \
		.name = (name_), .fields = (rows), .count = COUNT(rows)                            \
	}

#endif
