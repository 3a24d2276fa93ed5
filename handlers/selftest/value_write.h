#ifndef HANDLERS_SELFTEST_VALUE_WRITE_H
#define HANDLERS_SELFTEST_VALUE_WRITE_H

#include <stdint.h>

#include "handlers/selftest/value.h"

/* The members of an object, as maps of these languages keep them. */
enum value_order {
	ORDER_SORTED,
	ORDER_SENT,
	ORDER_TOP_SORTED, /* as sent, but for the outermost */
	ORDER_HASH,       /* java.util.HashMap, of text keys put in as they came */
	ORDER_CASELESS,
	ORDER_NUMERIC, /* as sent, names that are integers before the others: JavaScript */
	ORDER_REVERSE,
	ORDER_PERMUTED /* the outermost only: value_style.permutation of them as they came */
};
#define PERMUTED_MAX 7 /* members */
#define ORDERED_MAX 64 /* members whose order is looked at but for the first two */

/* Beyond what JSON asks for: all that is not ASCII, or what these libraries escape by default. */
enum value_escape {
	ESCAPE_NONE,
	ESCAPE_LOWER,   /* \u4e2d: Python */
	ESCAPE_UPPER,   /* \u4E2D */
	ESCAPE_SLASH,   /* \/ */
	ESCAPE_PHP,     /* slashes and \u4e2d */
	ESCAPE_GSON,    /* < > & = ' as \u003c */
	ESCAPE_GO,      /* < > & */
	ESCAPE_DOTNET,  /* not ASCII, and < > & ' + ` " */
	ESCAPE_FASTJSON /* \u4E2D and \/: BrowserCompatible */
};
/* Which of null, "", {}, [] and what becomes so is kept; the rows of value_write.c. */
enum value_empties {
	EMPTIES_DROPPED,
	EMPTIES_KEPT,
	EMPTIES_DATA_KEPT,  /* not those of the envelope itself */
	EMPTIES_TOP_KEPT,   /* only those */
	EMPTIES_DEEP_KEPT,  /* only the members of the outermost are dropped */
	EMPTIES_THIRD_KEPT, /* and theirs */
	EMPTIES_FIRST_KEPT, /* only those are kept */
	EMPTIES_NULLS_DROPPED,
	EMPTIES_TEXTS_DROPPED, /* only "" is */
	EMPTIES_TEXTS_KEPT,
	EMPTIES_NULLS_KEPT,
	EMPTIES_LEAVES_DROPPED, /* {} and [], and what becomes so, are kept */
	EMPTIES_LISTS_KEPT,     /* [] is, and what becomes so */
	EMPTIES_BARE_KEPT,      /* {} and [] as sent */
	EMPTIES_HOLLOW_KEPT,    /* what becomes {} or [] when its own were dropped */
	EMPTIES_IN_LISTS_KEPT,
	/* four of these for data alone: the envelope's own are dropped */
	EMPTIES_INSIDE_NULLS_DROPPED,
	EMPTIES_INSIDE_TEXTS_KEPT,
	EMPTIES_INSIDE_LEAVES_DROPPED,
	EMPTIES_INSIDE_LISTS_KEPT
};
enum value_quotes {
	QUOTES_AS_SENT,
	QUOTES_FIRST,   /* numbers, true and false of the outermost object are texts */
	QUOTES_NUMBERS, /* only the numbers of it */
	QUOTES_ALL,     /* numbers wherever they stand */
	QUOTES_EVERY,   /* with true and false */
	QUOTES_NONE     /* texts that look like numbers have none */
};
enum value_spaces {
	SPACES_NONE,
	SPACES_BOTH,  /* a blank after each comma and colon: Python */
	SPACES_COLON, /* after a colon only */
	SPACES_COMMA,
	SPACES_TWO, /* on lines of their own, by so many blanks: JSON.stringify(…, 2) */
	SPACES_FOUR,
	SPACES_TAB,
	SPACES_JACKSON /* its pretty printer: a blank on both sides of the colon, lists in a line */
};
/* How a number is printed again by what read it. */
enum value_numbers {
	NUMBERS_AS_SENT,
	NUMBERS_DOUBLE, /* 3 as 3.0, as Gson reads them */
	NUMBERS_SHORT,  /* 12.50 as 12.5, 3.0 as 3 */
	NUMBERS_CENTS,  /* 12.5 as 12.50, 3 as 3.00 */
	NUMBERS_SCRIPT, /* JavaScript, and Go's encoding/json: 1e2 as 100 */
	NUMBERS_JAVA,   /* a double: 3 as 3.0, 12345678 as 1.2345678E7 */
	NUMBERS_PYTHON, /* a float where there is a point: 12.50 as 12.5, 1e16 as 1e+16 */
	NUMBERS_PHP,    /* the same by serialize_precision 17: 0.1 as 0.10000000000000001 */
	NUMBERS_GO      /* %v: 12345678 as 1.2345678e+07 */
};
/* No JSON, or more than JSON: what languages make of a value that is used as a text. */
enum value_form {
	FORM_JSON,
	FORM_JAVA,   /* {a=1, b=[x, null]} */
	FORM_PYTHON, /* {'a': 1, 'b': ['x', None]} */
	FORM_GO,     /* map[a:1 b:[x <nil>]] */
	FORM_QUERY,  /* a=1&b=…: the members one by one, JSON inside */
	FORM_OBJECT, /* [object Object] */
	FORM_ARRAY,  /* Array: PHP */
	FORM_QUOTED, /* the JSON text as a JSON text */
	FORM_ESCAPED /* that without its quotes */
};

/* How a value is written. All zero is what K-12 and K-13 prescribe for the sign string. */
struct value_style {
	enum value_order order;
	enum value_spaces spaces;
	enum value_escape escape;
	enum value_empties empties;
	enum value_quotes quotes;
	enum value_numbers numbers;
	enum value_form form;
	unsigned permutation;
	uint64_t toggled;   /* bits of value.number: their quotes are the other way round */
	uint64_t rewritten; /* numbers: of those only; 0: of all */
};

/* Appends compact JSON in that style; a value to drop at the top writes nothing. */
void value_write(struct written *out, const struct value *value, const struct value_style *style);
/* Does the style leave this value out of the envelope? */
bool value_dropped(const struct value *value, const struct value_style *style);
/*
 * Members that came in this order, as indexes in the order of their map; `sorted`: the same by their
 * bytes. Beyond ORDERED_MAX, and for a permutation of more than PERMUTED_MAX, sorted ones.
 */
void names_order(const char *const *names, size_t count, const struct value_style *style,
    size_t *ret_index);

#endif
