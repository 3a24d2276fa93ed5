#include "handlers/bench/value.h"

#include <string.h>

void
text_put(struct text *text, const char *bytes, size_t size)
{
	if (size >= text->cap - text->size || !text->bytes) {
		size_t cap = (text->size + size + 64) * 2;
		char *grown = arena_alloc(text->arena, cap);

		if (text->size)
			memcpy(grown, text->bytes, text->size);
		text->bytes = grown;
		text->cap = cap;
	}
	memcpy(text->bytes + text->size, bytes, size);
	text->size += size;
}

void
text_say(struct text *text, const char *word)
{
	text_put(text, word, strlen(word));
}

const char *
text_of(struct text *text)
{
	text_put(text, "", 1);
	text->size--;
	return text->bytes;
}

const struct value *
value_member(const struct value *object, const char *name)
{
	if (!object || object->kind != VALUE_OBJECT)
		return NULL;
	for (const struct value *m = object->first; m; m = m->next)
		if (strcmp(m->name, name) == 0)
			return m;
	return NULL;
}

const char *
value_text(const struct value *object, const char *name)
{
	const struct value *member = value_member(object, name);

	return member && member->kind == VALUE_TEXT ? member->text : NULL;
}

bool
value_dropped(const struct value *value, const struct value_style *style)
{
	if (style->empties == EMPTIES_KEPT)
		return false;
	if (value->kind == VALUE_NULL)
		return true;
	if (style->empties == EMPTIES_NULLS_DROPPED)
		return false;
	if (value->kind == VALUE_TEXT)
		return !*value->text;
	if (style->empties == EMPTIES_LISTS_KEPT ||
	    (value->kind != VALUE_LIST && value->kind != VALUE_OBJECT))
		return false;
	for (const struct value *v = value->first; v; v = v->next)
		if (!value_dropped(v, style))
			return false;
	return true;
}

/* One code point as \uXXXX, or as two of them. */
static void
put_escaped(struct text *out, unsigned point, bool upper)
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
put_text(struct text *out, const char *text, enum value_escape escape)
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

/* Would this text be a JSON number without its quotes? Plain digits, at most one point. */
static bool
looks_numeric(const char *text)
{
	const char *digits = *text == '-' ? text + 1 : text;
	size_t whole = strspn(digits, "0123456789");

	if (!whole || whole > 15 || (whole > 1 && *digits == '0'))
		return false;
	if (!digits[whole])
		return true;
	size_t part = strspn(digits + whole + 1, "0123456789");
	return digits[whole] == '.' && part && !digits[whole + 1 + part];
}

bool
value_looks_numeric(const struct value *value)
{
	return value->kind == VALUE_NUMBER ||
	       (value->kind == VALUE_TEXT && looks_numeric(value->text));
}

/* Decimal digits, in the shortest way or as a language without integers has them. */
static void
put_number(struct text *out, const char *text, enum value_numbers numbers)
{
	const char *point = strchr(text, '.');
	size_t size = strlen(text);

	if (!text[strspn(text, "-0123456789.")] && point && numbers == NUMBERS_SHORT) {
		while (text[size - 1] == '0')
			size--;
		size -= text[size - 1] == '.';
	}
	text_put(out, text, size);
	if (numbers == NUMBERS_DOUBLE && !text[strspn(text, "-0123456789")])
		text_say(out, ".0");
}

static void
put_leaf(struct text *out, const struct value *value, const struct value_style *style)
{
	bool toggled = value == style->toggled;

	if (value->kind == VALUE_NULL) {
		text_say(out, "null");
	} else if (value->kind == VALUE_NUMBER && (toggled || style->numbers == NUMBERS_QUOTED)) {
		text_put(out, "\"", 1);
		text_say(out, value->text);
		text_put(out, "\"", 1);
	} else if (value->kind == VALUE_NUMBER) {
		put_number(out, value->text, style->numbers);
	} else if (value->kind != VALUE_TEXT ||
		   ((toggled || style->numbers == NUMBERS_BARE) && looks_numeric(value->text))) {
		text_say(out, value->text);
	} else {
		put_text(out, value->text, style->escape);
	}
}

void
value_write(struct text *out, const struct value *value, const struct value_style *style)
{
	bool object = value->kind == VALUE_OBJECT, more = false;
	bool sorted = object && !style->as_sent;

	if (!object && value->kind != VALUE_LIST) {
		put_leaf(out, value, style);
		return;
	}
	text_put(out, object ? "{" : "[", 1);
	for (const struct value *v = sorted ? value->least : value->first; v;
	     v = sorted ? v->higher : v->next) {
		if (value_dropped(v, style))
			continue;
		if (more)
			text_say(out, style->spaced ? ", " : ",");
		more = true;
		if (object) {
			put_text(out, v->name, style->escape);
			text_say(out, style->spaced ? ": " : ":");
		}
		value_write(out, v, style);
	}
	text_put(out, object ? "}" : "]", 1);
}
