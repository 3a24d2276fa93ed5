#ifndef HANDLERS_SELFTEST_VALUE_H
#define HANDLERS_SELFTEST_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fcgi/base/arena.h"
#include "fcgi/base/err.h"

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
	unsigned number;              /* among those that look numeric, from 1; else 0 */
};

#define VALUE_DEPTH_MAX 32

/*
 * size bytes -> a tree in the arena, about ten times their size.
 *
 * ERR_INVALID  not one JSON value in UTF-8, nested deeper than VALUE_DEPTH_MAX,
 *              or with two members of one name or a NUL in a text
 */
MUST_CHECK enum err
value_read(struct arena *arena, const char *json, size_t size, const struct value **ret);

/* A member by its name; NULL when there is none, or when `object` is no object. */
const struct value *value_member(const struct value *object, const char *name);
/* The text of a member that is a text, else NULL. */
const char *value_text(const struct value *object, const char *name);

/* A copy in which one member has another name; the same when that name is there already. */
const struct value *
value_renamed(struct arena *arena, const struct value *object, const char *from, const char *to);

/* Beyond what JSON asks for: all that is not ASCII, or what these libraries escape by default. */
enum value_escape {
	ESCAPE_NONE,
	ESCAPE_LOWER, /* \u4e2d: Python */
	ESCAPE_UPPER, /* \u4E2D */
	ESCAPE_SLASH, /* \/ */
	ESCAPE_PHP,   /* both of these, in lower case */
	ESCAPE_GSON,  /* < > & = ' as \u003c */
	ESCAPE_GO,    /* < > & */
	ESCAPE_DOTNET /* not ASCII, and < > & ' + ` " */
};
enum value_empties {
	EMPTIES_DROPPED,
	EMPTIES_KEPT,
	EMPTIES_NULLS_DROPPED, /* only these are */
	EMPTIES_TEXTS_DROPPED, /* only "" is */
	EMPTIES_LISTS_KEPT,    /* {} and [], and what becomes so */
	EMPTIES_HOLLOW_KEPT,   /* what becomes {} or [] when its own were dropped */
	EMPTIES_IN_LISTS_KEPT,
	EMPTIES_DEEP_KEPT /* only the members of the outermost are dropped */
};
enum value_quotes { QUOTES_AS_SENT, QUOTES_ALL, QUOTES_NONE };
enum value_numbers {
	NUMBERS_AS_SENT,
	NUMBERS_DOUBLE, /* 3 as 3.0, as Gson reads them */
	NUMBERS_SHORT,  /* 12.50 as 12.5, 3.0 as 3 */
	NUMBERS_CENTS,  /* 12.5 as 12.50, 3 as 3.00 */
	NUMBERS_SCRIPT, /* as JavaScript prints its numbers: 1e2 as 100 */
	NUMBERS_JAVA    /* as Java prints a double: 3 as 3.0, 12345678 as 1.2345678E7 */
};
enum value_spaces {
	SPACES_NONE,
	SPACES_BOTH,  /* a blank after each comma and colon: Python */
	SPACES_COLON, /* after a colon only */
	SPACES_COMMA,
	SPACES_TWO, /* on lines of their own, by so many blanks: JSON.stringify(…, 2) */
	SPACES_FOUR,
	SPACES_JACKSON /* its pretty printer: a blank on both sides of the colon, lists in a line */
};

/* How a value is written. All zero is what K-12 and K-13 prescribe for the sign string. */
struct value_style {
	bool as_sent;    /* members in their own order instead of ASCII order */
	bool top_sorted; /* as_sent, but for those of the outermost */
	enum value_spaces spaces;
	enum value_escape escape;
	enum value_empties empties;
	enum value_quotes quotes;
	enum value_numbers numbers;
	uint64_t
	    toggled; /* those numbers (bit value.number) have their quotes the other way round */
	uint64_t rewritten; /* numbers: of those only; 0: of all */
};

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

/* Appends compact JSON in that style; a value to drop at the top writes nothing. */
void value_write(struct written *out, const struct value *value, const struct value_style *style);
/* What languages make of a value when it is used as a text: no JSON, or JSON in quotes. */
enum value_form { WRITTEN_JSON, WRITTEN_JAVA, WRITTEN_PYTHON, WRITTEN_OBJECT, WRITTEN_QUOTED };
/* Appends it; WRITTEN_JSON in that style, of the others the style says the order only. */
void value_write_form(struct written *out, const struct value *value, enum value_form form,
    const struct value_style *style);

/* A number, or a text that would be one without its quotes. */
bool value_looks_numeric(const struct value *value);
/* Appends the digits of a number as that way has them; what is too large for it as it is. */
void value_put_number(struct written *out, const char *digits, enum value_numbers numbers);
/* Does the style leave this value out of what holds it? */
bool value_dropped(const struct value *value, const struct value_style *style);

#endif
