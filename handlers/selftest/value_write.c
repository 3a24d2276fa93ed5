/* JSON, compact or as programs print it. */
#include "handlers/selftest/value_write.h"

#include <string.h>

static bool
is_dropped(const struct value *value, const struct value_style *style, unsigned depth, bool in_list)
{
	bool list = value->kind == VALUE_LIST || value->kind == VALUE_OBJECT;

	if (style->empties == EMPTIES_KEPT ||
	    (style->empties == EMPTIES_IN_LISTS_KEPT && in_list) ||
	    (style->empties == EMPTIES_DEEP_KEPT && depth > 1))
		return false;
	if (value->kind == VALUE_NULL)
		return style->empties != EMPTIES_TEXTS_DROPPED;
	if (style->empties == EMPTIES_NULLS_DROPPED)
		return false;
	if (value->kind == VALUE_TEXT)
		return !*value->text;
	if (!list || style->empties == EMPTIES_LISTS_KEPT ||
	    style->empties == EMPTIES_TEXTS_DROPPED)
		return false;
	if (style->empties == EMPTIES_HOLLOW_KEPT)
		return !value->first;
	for (const struct value *v = value->first; v; v = v->next)
		if (!is_dropped(v, style, depth + 1, value->kind == VALUE_LIST))
			return false;
	return true;
}

bool
value_dropped(const struct value *value, const struct value_style *style)
{
	return is_dropped(value, style, 0, false);
}

/* One code point as \uXXXX, or as two of them. */
static void
put_escaped(struct written *out, unsigned point, bool upper)
{
	const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
	unsigned units[2] = { point, 0 };
	size_t count = 1;

	if (point > 0xffff) {
		units[0] = 0xd800 + ((point - 0x10000) >> 10);
		units[1] = 0xdc00 + (point & 0x3ff);
		count = 2;
	}
	for (size_t i = 0; i < count; i++) {
		char text[6] = { '\\', 'u', digits[units[i] >> 12 & 15], digits[units[i] >> 8 & 15],
			digits[units[i] >> 4 & 15], digits[units[i] & 15] };

		text_put(out, text, sizeof(text));
	}
}

/* The code point of well-formed UTF-8 at *in, which moves behind it. */
static unsigned
take_point(const unsigned char **in)
{
	unsigned lead = *(*in)++, more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
	unsigned point = lead & (0x3fu >> more);

	while (more--)
		point = point << 6 | (*(*in)++ & 0x3fu);
	return point;
}

/* Does this way of writing escape a character that JSON would leave as it is? */
static bool
is_escaped(unsigned point, enum value_escape escape)
{
	bool separator = point == 0x2028 || point == 0x2029;

	switch (escape) {
	case ESCAPE_NONE:
	case ESCAPE_SLASH:
		return false;
	case ESCAPE_LOWER:
	case ESCAPE_UPPER:
	case ESCAPE_PHP:
		return point >= 0x80;
	case ESCAPE_GSON:
		return separator || (point < 0x80 && strchr("<>&='", (int)point));
	case ESCAPE_GO:
		return separator || (point < 0x80 && strchr("<>&", (int)point));
	case ESCAPE_DOTNET:
		return point >= 0x80 || strchr("<>&'+`\"", (int)point);
	}
	return false;
}

static void
put_text(struct written *out, const char *text, enum value_escape escape)
{
	static const char specials[] = "\b\f\n\r\t\"\\", letters[] = "bfnrt\"\\";
	bool upper = escape == ESCAPE_UPPER || escape == ESCAPE_DOTNET;
	bool slash = escape == ESCAPE_SLASH || escape == ESCAPE_PHP;
	const unsigned char *in = (const unsigned char *)text;

	text_put(out, "\"", 1);
	while (*in) {
		const unsigned char *from = in;
		const char *special = strchr(specials, *in);
		unsigned point = *in < 0x80 ? *in++ : take_point(&in);

		if (is_escaped(point, escape) || (point < ' ' && !special))
			put_escaped(out, point, upper);
		else if (special)
			text_put(out, (const char[]){ '\\', letters[special - specials] }, 2);
		else if (point == '/' && slash)
			text_put(out, "\\/", 2);
		else
			text_put(out, (const char *)from, (size_t)(in - from));
	}
	text_put(out, "\"", 1);
}

static void
put_leaf(struct written *out, const struct value *value, const struct value_style *style)
{
	uint64_t bit = value->number < 64 ? UINT64_C(1) << value->number : 0;
	bool toggled = value->number && (style->toggled & bit);
	bool as_sent = style->rewritten && !(style->rewritten & bit);
	bool quoted = value->kind == VALUE_NUMBER && (toggled || style->quotes == QUOTES_ALL);
	bool bare = value->kind == VALUE_TEXT && (toggled || style->quotes == QUOTES_NONE) &&
		    value_looks_numeric(value);

	if (value->kind == VALUE_NULL)
		text_say(out, "null");
	else if (value->kind == VALUE_BOOL)
		text_say(out, value->text);
	else if (value->kind == VALUE_TEXT && !bare)
		put_text(out, value->text, style->escape);
	else {
		if (quoted)
			text_say(out, "\"");
		value_put_number(out, value->text, as_sent ? NUMBERS_AS_SENT : style->numbers);
		if (quoted)
			text_say(out, "\"");
	}
}

/* What stands before the next value, or the end, of a list or an object. */
static void
put_gap(struct written *out, const struct value_style *style, unsigned depth, bool first,
    bool object)
{
	unsigned indent = style->spaces == SPACES_FOUR ? 4 : 2;

	if (!first)
		text_say(out, ",");
	if (style->spaces == SPACES_JACKSON && !object) {
		text_say(out, " ");
	} else if (style->spaces >= SPACES_TWO) {
		text_say(out, "\n");
		for (unsigned i = 0; i < depth * indent; i++)
			text_say(out, " ");
	} else if (!first && (style->spaces == SPACES_BOTH || style->spaces == SPACES_COMMA)) {
		text_say(out, " ");
	}
}

static void
put_name(struct written *out, const char *name, const struct value_style *style)
{
	static const char *const colons[] = { ":", ": ", ": ", ":", ": ", ": ", " : " };

	put_text(out, name, style->escape);
	text_say(out, colons[style->spaces]);
}

/* Depth is of the value; indent of what holds it, which Jackson's lists are not counted in. */
static void
put_value(struct written *out, const struct value *value, const struct value_style *style,
    unsigned depth, unsigned indent)
{
	bool object = value->kind == VALUE_OBJECT, more = false;
	bool sorted = object && (!style->as_sent || (style->top_sorted && depth == 0));

	if (!object && value->kind != VALUE_LIST) {
		put_leaf(out, value, style);
		return;
	}
	unsigned inner = indent + (object || style->spaces != SPACES_JACKSON);
	text_put(out, object ? "{" : "[", 1);
	for (const struct value *v = sorted ? value->least : value->first; v;
	     v = sorted ? v->higher : v->next) {
		if (is_dropped(v, style, depth + 1, !object))
			continue;
		put_gap(out, style, inner, !more, object);
		more = true;
		if (object)
			put_name(out, v->name, style);
		put_value(out, v, style, depth + 1, inner);
	}
	if (more && style->spaces >= SPACES_TWO)
		put_gap(out, style, indent, true, object);
	text_put(out, object ? "}" : "]", 1);
}

void
value_write(struct written *out, const struct value *value, const struct value_style *style)
{
	put_value(out, value, style, 0, 0);
}
