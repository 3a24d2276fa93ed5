/* Values as programs write them: JSON, the right way and others, and what is no JSON. */
#include "handlers/selftest/value_write.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/base/text.h"

/* ---- what is left out ---- */

enum kind {
	NULLS = 1,
	TEXTS = 2,
	LISTS = 4,
	OBJECTS = 8,
	HOLLOW = 16,
	HOLLOW_LISTS = 32,
	ALL = 63
};

/* What is kept between these depths: the envelope's fields and data itself are 0. */
static const struct {
	unsigned kept, from, to;
	bool in_lists;
} empties[] = {
	[EMPTIES_DROPPED] = { 0, 0, 99, false },
	[EMPTIES_KEPT] = { ALL, 0, 99, false },
	[EMPTIES_DATA_KEPT] = { ALL, 1, 99, false },
	[EMPTIES_TOP_KEPT] = { ALL, 0, 0, false },
	[EMPTIES_DEEP_KEPT] = { ALL, 2, 99, false },
	[EMPTIES_THIRD_KEPT] = { ALL, 3, 99, false },
	[EMPTIES_FIRST_KEPT] = { ALL, 1, 1, false },
	[EMPTIES_NULLS_DROPPED] = { ALL & ~NULLS, 0, 99, false },
	[EMPTIES_TEXTS_DROPPED] = { ALL & ~TEXTS, 0, 99, false },
	[EMPTIES_TEXTS_KEPT] = { TEXTS, 0, 99, false },
	[EMPTIES_NULLS_KEPT] = { NULLS, 0, 99, false },
	[EMPTIES_LEAVES_DROPPED] = { ALL & ~(NULLS | TEXTS), 0, 99, false },
	[EMPTIES_LISTS_KEPT] = { LISTS | HOLLOW_LISTS, 0, 99, false },
	[EMPTIES_BARE_KEPT] = { LISTS | OBJECTS, 0, 99, false },
	[EMPTIES_HOLLOW_KEPT] = { HOLLOW | HOLLOW_LISTS, 0, 99, false },
	[EMPTIES_IN_LISTS_KEPT] = { ALL, 0, 99, true },
	[EMPTIES_INSIDE_NULLS_DROPPED] = { ALL & ~NULLS, 1, 99, false },
	[EMPTIES_INSIDE_TEXTS_KEPT] = { TEXTS, 1, 99, false },
	[EMPTIES_INSIDE_LEAVES_DROPPED] = { ALL & ~(NULLS | TEXTS), 1, 99, false },
	[EMPTIES_INSIDE_LISTS_KEPT] = { LISTS | HOLLOW_LISTS, 1, 99, false },
};

static bool
is_dropped(const struct value *v, enum value_empties rule, unsigned depth, bool in_list)
{
	bool applies = depth >= empties[rule].from && depth <= empties[rule].to &&
		       (in_list || !empties[rule].in_lists);
	unsigned kept = applies ? empties[rule].kept : 0;

	if (v->kind == VALUE_NULL)
		return !(kept & NULLS);
	if (v->kind == VALUE_TEXT)
		return !*v->text && !(kept & TEXTS);
	if (v->kind != VALUE_LIST && v->kind != VALUE_OBJECT)
		return false;
	bool list = v->kind == VALUE_LIST;
	if (!v->first)
		return !(kept & (list ? LISTS : OBJECTS));
	if (kept & (list ? HOLLOW_LISTS : HOLLOW))
		return false;
	for (const struct value *m = v->first; m; m = m->next)
		if (!is_dropped(m, rule, depth + 1, list))
			return false;
	return true;
}

bool
value_dropped(const struct value *value, const struct value_style *style)
{
	return is_dropped(value, style->empties, 0, false);
}

/* ---- in which order ---- */

/* Where HashMap puts it, among `size` buckets. */
static unsigned
bucket(const char *name, unsigned size)
{
	unsigned hash = 0;

	while (*name) {
		int32_t point = text_next(&name);
		unsigned unit = point < 0 ? '?' : (unsigned)point;

		if (unit > 0xffff) {
			hash = hash * 31 + 0xd800 + ((unit - 0x10000) >> 10);
			unit = 0xdc00 + (unit & 0x3ff);
		}
		hash = hash * 31 + unit;
	}
	return (hash ^ hash >> 16) & (size - 1);
}

/* As arrays are indexed: 0 and up, without leading zeros. */
static bool
is_index(const char *name, unsigned long *ret)
{
	size_t size = strspn(name, "0123456789");

	*ret = strtoul(name, NULL, 10);
	return size && size < 10 && !name[size] && (*name != '0' || size == 1);
}

/* Does the one come behind the other? Equal ones stay as they came. */
static bool
is_behind(const char *a, const char *b, enum value_order order, unsigned buckets)
{
	unsigned long one, other;
	bool first, second;

	switch (order) {
	case ORDER_HASH:
		return bucket(a, buckets) > bucket(b, buckets);
	case ORDER_CASELESS:
		return strcasecmp(a, b) > 0;
	case ORDER_REVERSE:
		return strcmp(a, b) < 0;
	case ORDER_NUMERIC:
		first = is_index(a, &one);
		second = is_index(b, &other);
		return second && (!first || one > other);
	case ORDER_SENT:
	case ORDER_PERMUTED:
		return false;
	case ORDER_SORTED:
	case ORDER_TOP_SORTED:
		break;
	}
	return strcmp(a, b) > 0;
}

/* The permutation of that number, by its digits in factorial base. */
static void
permute(size_t count, unsigned number, size_t *index)
{
	for (size_t i = 0; i + 1 < count; i++) {
		size_t left = count - i, at = i + number % left, taken = index[at];

		number /= (unsigned)left;
		memmove(&index[i + 1], &index[i], (at - i) * sizeof(*index));
		index[i] = taken;
	}
}

void
names_order(const char *const *names, size_t count, const struct value_style *style,
    size_t *ret_index)
{
	enum value_order order = count > ORDERED_MAX ? ORDER_SORTED : style->order;
	unsigned buckets = 16;

	while (count * 4 > (size_t)buckets * 3)
		buckets *= 2;
	for (size_t i = 0; i < count; i++) {
		size_t at = i;

		for (; at && is_behind(names[ret_index[at - 1]], names[i], order, buckets); at--)
			ret_index[at] = ret_index[at - 1];
		ret_index[at] = i;
	}
	if (order == ORDER_PERMUTED && count <= PERMUTED_MAX)
		permute(count, style->permutation, ret_index);
}

/* ---- numbers ---- */

#define DIGITS_MAX 17 /* of a double, decimal */

/* Floats as they are printed: with an exponent below and from these powers of ten. */
static const struct number_form {
	int low, high;
	bool java, pad; /* E7, not e+7; e+07 */
	bool point;     /* whole ones end in .0 */
	bool mantissa;  /* before an exponent, too */
	bool floats;    /* integers stay as they are */
	int precision;  /* 0: the shortest that reads the same */
} number_forms[] = {
	[NUMBERS_SCRIPT] = { -6, 21, false, false, false, false, false, 0 },
	[NUMBERS_JAVA] = { -3, 7, true, false, true, true, false, 0 },
	[NUMBERS_PYTHON] = { -4, 16, false, true, true, false, true, 0 },
	[NUMBERS_PHP] = { -4, 17, false, false, true, true, true, 17 },
	[NUMBERS_GO] = { -4, 6, false, true, false, false, false, 0 },
};

/* Digits without the point, no zeros behind, and the power of ten of the first. */
static void
read_digits(double number, int precision, char ret_digits[DIGITS_MAX + 1], int *ret_power)
{
	char text[40];

	for (int size = precision ? precision : 1; size <= DIGITS_MAX; size++) {
		snprintf(text, sizeof(text), "%.*e", size - 1, number);
		if (strtod(text, NULL) >= number && strtod(text, NULL) <= number)
			break;
	}
	const char *mark = strchr(text, 'e');
	size_t n = 0;
	for (const char *c = text; c < mark && n < DIGITS_MAX; c++)
		if (*c != '.')
			ret_digits[n++] = *c;
	while (n > 1 && ret_digits[n - 1] == '0')
		n--;
	ret_digits[n] = '\0';
	*ret_power = (int)strtol(mark + 1, NULL, 10);
}

static void
put_float(struct written *out, double size, const struct number_form *form)
{
	char digits[DIGITS_MAX + 1], tail[16];
	int power, count;

	read_digits(size, form->precision, digits, &power);
	count = (int)strlen(digits);
	if (power < form->low || power >= form->high) {
		text_put(out, digits, 1);
		text_say(out, digits[1] ? "." : form->mantissa ? ".0" : "");
		text_say(out, digits + 1);
		snprintf(tail, sizeof(tail), "%c%s%0*d", form->java ? 'E' : 'e',
		    form->java && power >= 0 ? ""
		    : power < 0              ? "-"
					     : "+",
		    form->pad ? 2 : 1, abs(power));
		text_say(out, tail);
		return;
	}
	for (int i = power < 0 ? power : 0; i <= (power > count - 1 ? power : count - 1); i++) {
		text_put(out, i < 0 || i >= count ? "0" : digits + i, 1);
		if ((i == power && i < count - 1) || (power < 0 && i == power))
			text_say(out, ".");
	}
	if (form->point && power >= count - 1)
		text_say(out, ".0");
}

static void
put_number(struct written *out, const char *digits, enum value_numbers way)
{
	bool decimal = !digits[strspn(digits, "-0123456789.")];
	const char *point = strchr(digits, '.');
	bool whole = decimal && !point;
	size_t size = strlen(digits), part = point ? strlen(point + 1) : 0;

	if (way >= NUMBERS_SCRIPT && !(whole && number_forms[way].floats)) {
		double number = strtod(digits, NULL);

		if (isfinite(number)) {
			text_say(out, number < 0 ? "-" : "");
			put_float(out, fabs(number), &number_forms[way]);
			return;
		}
	}
	if (way == NUMBERS_SHORT) {
		while (decimal && point && digits[size - 1] == '0')
			size--;
		size -= digits[size - 1] == '.';
	}
	text_put(out, digits, size);
	if (way == NUMBERS_DOUBLE && whole)
		text_say(out, ".0");
	if (way == NUMBERS_CENTS && decimal && part < 2)
		text_say(out, point ? "0" : ".00");
}

/* ---- texts ---- */

/* One code point as \uXXXX, or as two of them. */
static void
put_escaped(struct written *out, unsigned point, bool upper)
{
	const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";

	if (point > 0xffff) {
		put_escaped(out, 0xd800 + ((point - 0x10000) >> 10), upper);
		point = 0xdc00 + (point & 0x3ff);
	}
	text_put(out,
	    (const char[]){ '\\', 'u', digits[point >> 12 & 15], digits[point >> 8 & 15],
		digits[point >> 4 & 15], digits[point & 15] },
	    6);
}

static const struct {
	const char *ascii; /* escaped besides what JSON asks for */
	bool above, separators, slash, upper;
} escapes[] = {
	[ESCAPE_NONE] = { "", false, false, false, false },
	[ESCAPE_LOWER] = { "", true, false, false, false },
	[ESCAPE_UPPER] = { "", true, false, false, true },
	[ESCAPE_SLASH] = { "", false, false, true, false },
	[ESCAPE_PHP] = { "", true, false, true, false },
	[ESCAPE_GSON] = { "<>&='", false, true, false, false },
	[ESCAPE_GO] = { "<>&", false, true, false, false },
	[ESCAPE_DOTNET] = { "<>&'+`\"", true, false, false, true },
	[ESCAPE_FASTJSON] = { "", true, false, true, true },
};

static void
put_text(struct written *out, const char *text, enum value_escape escape)
{
	static const char specials[] = "\b\f\n\r\t\"\\", letters[] = "bfnrt\"\\";

	text_put(out, "\"", 1);
	while (*text) {
		const char *from = text;
		int32_t next = text_next(&text);
		unsigned point = next < 0 ? '?' : (unsigned)next;
		const char *special = point < 0x80 ? strchr(specials, (int)point) : NULL;
		bool asked = point >= 0x80 ? escapes[escape].above ||
						 (escapes[escape].separators &&
						     (point == 0x2028 || point == 0x2029))
					   : strchr(escapes[escape].ascii, (int)point) != NULL;

		if (asked || (point < ' ' && !special))
			put_escaped(out, point, escapes[escape].upper);
		else if (special)
			text_put(out, (const char[]){ '\\', letters[special - specials] }, 2);
		else if (point == '/' && escapes[escape].slash)
			text_put(out, "\\/", 2);
		else
			text_put(out, from, (size_t)(text - from));
	}
	text_put(out, "\"", 1);
}

/* 'a', with the other quotes when there is one inside. */
static void
put_python_text(struct written *out, const char *text)
{
	const char *quote = strchr(text, '\'') && !strchr(text, '"') ? "\"" : "'";

	text_say(out, quote);
	for (; *text; text++) {
		if (*text == '\\' || *text == *quote)
			text_say(out, "\\");
		text_put(out, text, 1);
	}
	text_say(out, quote);
}

/* ---- values ---- */

static void
put_leaf(struct written *out, const struct value *v, const struct value_style *style,
    unsigned depth)
{
	uint64_t bit = v->number < 64 ? UINT64_C(1) << v->number : 0;
	bool toggled = v->number && (style->toggled & bit);
	bool first =
	    depth == 1 && (style->quotes == QUOTES_FIRST || style->quotes == QUOTES_NUMBERS);
	bool number = v->kind == VALUE_NUMBER, plain = v->kind == VALUE_TEXT;
	bool quoted = number ? toggled || first || style->quotes == QUOTES_ALL ||
				   style->quotes == QUOTES_EVERY
			     : v->kind == VALUE_BOOL && ((first && style->quotes == QUOTES_FIRST) ||
							    style->quotes == QUOTES_EVERY);
	bool bare = plain && (toggled || style->quotes == QUOTES_NONE) && value_looks_numeric(v);
	bool as_sent = (style->rewritten && !(style->rewritten & bit)) || v->kind == VALUE_BOOL;

	if (v->kind == VALUE_NULL) {
		text_say(out, "null");
	} else if (plain && !bare) {
		put_text(out, v->text, style->escape);
	} else {
		text_say(out, quoted ? "\"" : "");
		put_number(out, v->text, as_sent ? NUMBERS_AS_SENT : style->numbers);
		text_say(out, quoted ? "\"" : "");
	}
}

/* As its language prints it. */
static void
put_foreign_leaf(struct written *out, const struct value *v, enum value_form form)
{
	static const char
	    *const nulls[] = { [FORM_JAVA] = "null", [FORM_PYTHON] = "None", [FORM_GO] = "<nil>" };

	if (v->kind == VALUE_NULL)
		text_say(out, nulls[form]);
	else if (form == FORM_PYTHON && v->kind == VALUE_TEXT)
		put_python_text(out, v->text);
	else if (form == FORM_PYTHON && v->kind == VALUE_BOOL)
		text_say(out, *v->text == 't' ? "True" : "False");
	else
		text_say(out, v->text);
}

/* What stands before the next value, or the end, of a list or an object. */
static void
put_gap(struct written *out, const struct value_style *style, unsigned depth, bool first,
    bool object)
{
	static const char *const indents[] = { [SPACES_TWO] = "  ",
		[SPACES_FOUR] = "    ",
		[SPACES_TAB] = "\t",
		[SPACES_JACKSON] = "  " };

	if (!first)
		text_say(out, ",");
	if (style->spaces == SPACES_JACKSON && !object) {
		text_say(out, " ");
	} else if (style->spaces >= SPACES_TWO) {
		text_say(out, "\n");
		for (unsigned i = 0; i < depth; i++)
			text_say(out, indents[style->spaces]);
	} else if (!first && (style->spaces == SPACES_BOTH || style->spaces == SPACES_COMMA)) {
		text_say(out, " ");
	}
}

/* The members in their order; *ret_count is their number. Lists have one. */
static const struct value **
members_of(struct written *out, const struct value *v, const struct value_style *style,
    unsigned depth, size_t *ret_count)
{
	struct value_style own = *style;
	const struct value **list = ARENA_ARRAY(out->arena, const struct value *, v->count);
	const struct value **turned = ARENA_ARRAY(out->arena, const struct value *, v->count);
	const char **names = ARENA_ARRAY(out->arena, const char *, v->count);
	size_t *index = ARENA_ARRAY(out->arena, size_t, v->count), n = 0;

	for (const struct value *m = v->first; m; m = m->next)
		if (!is_dropped(m, style->empties, depth + 1, v->kind == VALUE_LIST)) {
			names[n] = m->name;
			list[n++] = m;
		}
	*ret_count = n;
	if (v->kind == VALUE_LIST)
		return list;
	if (style->order == ORDER_PERMUTED && depth)
		own.order = ORDER_SORTED;
	names_order(names, n, &own, index);
	for (size_t i = 0; i < n; i++)
		turned[i] = list[index[i]];
	return turned;
}

/* Depth is of the value; indent of what holds it, which Jackson's lists are not counted in. */
static void
put_value(struct written *out, const struct value *value, const struct value_style *style,
    unsigned depth, unsigned indent)
{
	static const char *const colons[] = { ":", ": ", ": ", ":", ": ", ": ", ": ", " : " };
	bool object = value->kind == VALUE_OBJECT, more = false;
	unsigned inner = indent + (object || style->spaces != SPACES_JACKSON);
	enum value_order order =
	    style->order == ORDER_TOP_SORTED && depth ? ORDER_SENT : style->order;
	if (order == ORDER_PERMUTED && depth)
		order = ORDER_SORTED;
	bool chained = !object || order <= ORDER_TOP_SORTED || value->count > ORDERED_MAX;
	bool sorted = object && order != ORDER_SENT;
	size_t count = 0;

	if (!object && value->kind != VALUE_LIST) {
		put_leaf(out, value, style, depth);
		return;
	}
	const struct value **list = chained ? NULL : members_of(out, value, style, depth, &count);
	text_put(out, object ? "{" : "[", 1);
	const struct value *v = chained ? sorted ? value->least : value->first : NULL;
	for (size_t i = 0; chained ? v != NULL : i < count; i++) {
		const struct value *m = chained ? v : list[i];

		v = !chained ? NULL : sorted ? v->higher : v->next;
		if (is_dropped(m, style->empties, depth + 1, !object))
			continue;
		put_gap(out, style, inner, !more, object);
		more = true;
		if (object) {
			put_text(out, m->name, style->escape);
			text_say(out, colons[style->spaces]);
		}
		put_value(out, m, style, depth + 1, inner);
	}
	if (more && style->spaces >= SPACES_TWO)
		put_gap(out, style, indent, true, object);
	text_put(out, object ? "}" : "]", 1);
}

/* Maps and lists of Java, Python and Go, which keep their empties; Go sorts. */
static void
put_foreign(struct written *out, const struct value *v, const struct value_style *style)
{
	static const struct {
		const char *object[2], *list[2], *between, *is;
	} signs[] = {
		[FORM_JAVA] = { { "{", "}" }, { "[", "]" }, ", ", "=" },
		[FORM_PYTHON] = { { "{", "}" }, { "[", "]" }, ", ", ": " },
		[FORM_GO] = { { "map[", "]" }, { "[", "]" }, " ", ":" },
	};
	enum value_form form = style->form;
	bool object = v->kind == VALUE_OBJECT;
	struct value_style own = { .order = style->order, .empties = EMPTIES_KEPT };
	size_t count = 0;

	if (!object && v->kind != VALUE_LIST) {
		put_foreign_leaf(out, v, form);
		return;
	}
	if (form == FORM_GO)
		own.order = ORDER_SORTED;
	const struct value **list = members_of(out, v, &own, 0, &count);
	text_say(out, object ? signs[form].object[0] : signs[form].list[0]);
	for (size_t i = 0; i < count; i++) {
		text_say(out, i ? signs[form].between : "");
		if (object && form == FORM_PYTHON)
			put_python_text(out, list[i]->name);
		else if (object)
			text_say(out, list[i]->name);
		text_say(out, object ? signs[form].is : "");
		put_foreign(out, list[i], style);
	}
	text_say(out, object ? signs[form].object[1] : signs[form].list[1]);
}

static void
put_query(struct written *out, const struct value *v, const struct value_style *style)
{
	size_t count = 0;
	const struct value **list = members_of(out, v, style, 0, &count);

	for (size_t i = 0; i < count; i++) {
		text_say(out, i ? "&" : "");
		text_say(out, list[i]->name);
		text_say(out, "=");
		if (list[i]->kind == VALUE_TEXT)
			text_say(out, list[i]->text);
		else
			put_value(out, list[i], style, 1, 0);
	}
}

void
value_write(struct written *out, const struct value *value, const struct value_style *style)
{
	struct written inner = { .arena = out->arena }, quoted = inner;

	switch (style->form) {
	case FORM_JSON:
		put_value(out, value, style, 0, 0);
		break;
	case FORM_JAVA:
	case FORM_PYTHON:
	case FORM_GO:
		put_foreign(out, value, style);
		break;
	case FORM_QUERY:
		put_query(out, value, style);
		break;
	case FORM_OBJECT:
	case FORM_ARRAY:
		text_say(out, style->form == FORM_ARRAY ? "Array" : "[object Object]");
		break;
	case FORM_QUOTED:
	case FORM_ESCAPED:
		put_value(&inner, value, style, 0, 0);
		put_text(&quoted, text_of(&inner), style->escape);
		if (style->form == FORM_QUOTED)
			text_put(out, quoted.bytes, quoted.size);
		else
			text_put(out, quoted.bytes + 1, quoted.size - 2);
		break;
	}
}
