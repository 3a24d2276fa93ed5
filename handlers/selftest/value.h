#ifndef HANDLERS_SELFTEST_VALUE_H
#define HANDLERS_SELFTEST_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "fcgi/base/arena.h"

/*
 * JSON as it was written, for signatures: numbers keep their digits (12.50 stays
 * 12.50, and no integer is too long), members their order. Jansson, which reads
 * everything else, keeps neither.
 */
enum value_kind { VALUE_NULL, VALUE_BOOL, VALUE_NUMBER, VALUE_TEXT, VALUE_LIST, VALUE_OBJECT };

struct value {
	enum value_kind kind;
	const char *text; /* of a text, decoded; of a number or a truth, as written; else NULL */
	const char *name; /* of a member; NULL elsewhere */
	struct value *first, *next;   /* members or elements as they came */
	struct value *least, *higher; /* members by their names' bytes */
	unsigned count;               /* of members */
	unsigned number; /* looks numeric: from 1 to 63, by its member's name; else 0 */
};

/* A member by its name; NULL when there is none, or when `object` is no object. */
const struct value *value_member(const struct value *object, const char *name);
/* The text of a member that is a text, else NULL. */
const char *value_text(const struct value *object, const char *name);

/* A number, or a text that would be one without its quotes. */
bool value_looks_numeric(const struct value *value);

/* Text that grows in an arena. Set size to 0 to use the memory again. */
struct written {
	struct arena *arena;
	char *bytes; /* not terminated */
	size_t size, cap;
};

void text_put(struct written *text, const char *bytes, size_t size);
void text_say(struct written *text, const char *word);
/* Terminates it. Valid until the next change. */
const char *text_of(struct written *text);

#endif
