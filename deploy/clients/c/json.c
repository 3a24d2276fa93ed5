#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 32

static void *
must(void *memory)
{
	if (!memory)
		abort();
	return memory;
}

void
text_add(struct text *text, const char *bytes, size_t size)
{
	if (text->cap - text->size <= size) {
		text->cap = (text->size + size + 64) * 2;
		text->bytes = must(realloc(text->bytes, text->cap));
	}
	memcpy(text->bytes + text->size, bytes, size);
	text->size += size;
	text->bytes[text->size] = '\0';
}

void
text_say(struct text *text, const char *word)
{
	text_add(text, word, strlen(word));
}

void
json_free(struct json *value)
{
	while (value) {
		struct json *next = value->next;

		json_free(value->first);
		free(value->name);
		free(value->text);
		free(value);
		value = next;
	}
}

/* ---- reading ---- */

static void
skip_blanks(const char **at)
{
	*at += strspn(*at, " \t\r\n");
}

static void
put_point(struct text *out, unsigned point)
{
	char utf8[4];
	size_t more = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;

	utf8[0] = (char)(more ? (0xf00u >> more & 0xffu) | point >> (6 * more) : point);
	for (size_t i = 1; i <= more; i++)
		utf8[i] = (char)(0x80 | (point >> (6 * (more - i)) & 0x3f));
	text_add(out, utf8, more + 1);
}

static bool
read_unit(const char **at, unsigned *ret)
{
	char digits[5] = { 0 }, *end;

	strncpy(digits, *at, 4);
	*ret = (unsigned)strtoul(digits, &end, 16);
	*at += end - digits;
	return end == digits + 4 && *ret;
}

static bool
read_escape(const char **at, struct text *out)
{
	static const char letters[] = "bfnrt\"\\/", meant[] = "\b\f\n\r\t\"\\/";
	const char *letter = **at ? strchr(letters, **at) : NULL;
	unsigned point, low;

	if (letter) {
		text_add(out, meant + (letter - letters), 1);
		++*at;
		return true;
	}
	if (*(*at)++ != 'u' || !read_unit(at, &point))
		return false;
	if (point >= 0xd800 && point < 0xdc00) {
		if (strncmp(*at, "\\u", 2) != 0)
			return false;
		*at += 2;
		if (!read_unit(at, &low) || low < 0xdc00 || low > 0xdfff)
			return false;
		point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
	}
	put_point(out, point);
	return true;
}

static char *
read_text(const char **at)
{
	struct text out = { 0 };

	text_say(&out, "");
	if (*(*at)++ != '"')
		goto wrong;
	while (**at != '"') {
		if (!**at)
			goto wrong;
		if (**at != '\\') {
			text_add(&out, (*at)++, 1);
			continue;
		}
		++*at;
		if (!read_escape(at, &out))
			goto wrong;
	}
	++*at;
	return out.bytes;
wrong:
	free(out.bytes);
	return NULL;
}

static struct json *read_value(const char **at, unsigned depth);

/* Members stand in the order of their names. */
static void
add(struct json *to, struct json *inner, struct json **last)
{
	struct json **place = last;

	if (to->kind == JSON_OBJECT)
		for (place = &to->first; *place && strcmp((*place)->name, inner->name) < 0;)
			place = &(*place)->next;
	inner->next = *place;
	*place = inner;
}

static bool
read_inside(const char **at, struct json *to, unsigned depth)
{
	char close = to->kind == JSON_OBJECT ? '}' : ']';
	struct json **last = &to->first;

	++*at;
	skip_blanks(at);
	for (bool more = false; **at != close; more = true) {
		char *name = NULL;

		if (more && *(*at)++ != ',')
			return false;
		skip_blanks(at);
		if (to->kind == JSON_OBJECT) {
			if (!(name = read_text(at)))
				return false;
			skip_blanks(at);
		}
		struct json *inner = name && *(*at)++ != ':' ? NULL : read_value(at, depth + 1);
		if (!inner) {
			free(name);
			return false;
		}
		inner->name = name;
		add(to, inner, last);
		last = &inner->next;
	}
	++*at;
	return true;
}

static bool
read_word(const char **at, struct json *v)
{
	size_t size = strcspn(*at, " \t\r\n,]}");

	v->text = must(strndup(*at, size));
	v->kind = strcmp(v->text, "null") == 0     ? JSON_NULL
		  : size && strchr("tf", *v->text) ? JSON_WORD
						   : JSON_NUMBER;
	*at += size;
	return size > 0;
}

static struct json *
read_value(const char **at, unsigned depth)
{
	struct json *v = must(calloc(1, sizeof(*v)));
	bool good = depth <= DEPTH_MAX;

	skip_blanks(at);
	if (good && (**at == '{' || **at == '[')) {
		v->kind = **at == '{' ? JSON_OBJECT : JSON_LIST;
		good = read_inside(at, v, depth);
	} else if (good && **at == '"') {
		v->kind = JSON_TEXT;
		good = (v->text = read_text(at)) != NULL;
	} else if (good) {
		good = read_word(at, v);
	}
	skip_blanks(at);
	if (good)
		return v;
	json_free(v);
	return NULL;
}

struct json *
json_parse(const char *text)
{
	struct json *v = read_value(&text, 0);

	if (v && !*text)
		return v;
	json_free(v);
	return NULL;
}

const struct json *
json_get(const struct json *object, const char *name)
{
	const struct json *m = object && object->kind == JSON_OBJECT ? object->first : NULL;

	while (m && strcmp(m->name, name) != 0)
		m = m->next;
	return m;
}

const char *
json_text(const struct json *object, const char *name)
{
	const struct json *m = json_get(object, name);

	return m && m->kind == JSON_TEXT ? m->text : "";
}

/* ---- writing ---- */

static void
write_text(struct text *out, const char *text)
{
	static const char specials[] = "\b\f\n\r\t\"\\", letters[] = "bfnrt\"\\";

	text_say(out, "\"");
	for (; *text; text++) {
		const char *special = strchr(specials, *text);
		char escape[7];

		if (special)
			snprintf(escape, sizeof(escape), "\\%c", letters[special - specials]);
		else if ((unsigned char)*text < ' ')
			snprintf(escape, sizeof(escape), "\\u%04x", *text);
		else
			snprintf(escape, sizeof(escape), "%c", *text);
		text_say(out, escape);
	}
	text_say(out, "\"");
}

/* sample: canonical */
bool
json_is_empty(const struct json *value)
{
	if (value->kind == JSON_NULL)
		return true;
	if (value->kind == JSON_TEXT)
		return !*value->text;
	if (value->kind == JSON_WORD || value->kind == JSON_NUMBER)
		return false;
	for (const struct json *v = value->first; v; v = v->next)
		if (!json_is_empty(v))
			return false;
	return true;
}

/* Compact, names sorted at every depth, empties left out, Chinese as it is. */
void
json_write(struct text *out, const struct json *value)
{
	bool object = value->kind == JSON_OBJECT;
	const char *comma = "";

	if (value->kind == JSON_TEXT) {
		write_text(out, value->text);
		return;
	}
	if (!object && value->kind != JSON_LIST) {
		text_say(out, value->text); /* a number with the digits it came with */
		return;
	}
	text_say(out, object ? "{" : "[");
	for (const struct json *v = value->first; v; v = v->next) { /* in the order of names */
		if (json_is_empty(v))
			continue;
		text_say(out, comma);
		comma = ",";
		if (object) {
			write_text(out, v->name);
			text_say(out, ":");
		}
		json_write(out, v);
	}
	text_say(out, object ? "}" : "]");
}
/* end of sample */
