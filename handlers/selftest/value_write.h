#ifndef HANDLERS_SELFTEST_VALUE_WRITE_H
#define HANDLERS_SELFTEST_VALUE_WRITE_H

#include <stdint.h>

#include "handlers/selftest/value_number.h"

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

/* Appends compact JSON in that style; a value to drop at the top writes nothing. */
void value_write(struct written *out, const struct value *value, const struct value_style *style);
/* Does the style leave this value out of what holds it? */
bool value_dropped(const struct value *value, const struct value_style *style);

#endif
