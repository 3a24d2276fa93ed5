#include "fcgi/form.h"

#include <assert.h>
#include <regex.h>
#include <stdio.h>
#include <string.h>

#define UNKNOWN_FIELD "此处不需要填写该项"

/*
 * Number of code points in well-formed UTF-8 without control characters,
 * or -1. Jansson has refused malformed UTF-8 already; this is the second look
 * for texts that come from elsewhere.
 */
static int64_t
text_length(const char *s, bool multiline)
{
	const unsigned char *p = (const unsigned char *)s;
	int64_t count = 0;

	while (*p) {
		static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
		unsigned char lead = *p++;
		size_t more = lead < 0x80 ? 0 : lead >> 5 == 6 ? 1 : lead >> 4 == 14 ? 2 : 3;
		uint32_t point = more == 0 ? lead : lead & (0x3fu >> more);

		if ((more == 3 && lead >> 3 != 30) || (lead >= 0x80 && lead < 0xc0))
			return -1;
		for (size_t i = 0; i < more; i++) {
			if (*p >> 6 != 2) /* also stops at the end */
				return -1;
			point = point << 6 | (*p++ & 0x3fu);
		}
		if (point < 0x20 && !(multiline && (point == '\n' || point == '\t')))
			return -1;
		if (point < least[more] || point > 0x10ffff || (point >= 0x7f && point < 0xa0) ||
		    (point >= 0xd800 && point <= 0xdfff))
			return -1;
		/* marks that reorder or hide text have no place in an answer */
		if ((point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069) ||
		    point == 0xfeff || (point >= 0x200b && point <= 0x200f))
			return -1;
		count++;
	}
	return count;
}

static bool
matches(const char *pattern, const char *value)
{
	char anchored[512];
	regex_t compiled;
	int n = snprintf(anchored, sizeof(anchored), "^(%s)$", pattern);

	if (n < 0 || (size_t)n >= sizeof(anchored) ||
	    regcomp(&compiled, anchored, REG_EXTENDED | REG_NOSUB))
		return false;
	bool ok = regexec(&compiled, value, 0, NULL, 0) == 0;
	regfree(&compiled);
	return ok;
}

const char *
choice_text(const struct choice *choices, const char *code)
{
	for (; code && choices && choices->code; choices++)
		if (strcmp(choices->code, code) == 0)
			return choices->text;
	return NULL;
}

/* The text without leading and trailing blanks; CR LF becomes LF. */
static char *
trimmed(struct arena *arena, const char *s)
{
	size_t len = strlen(s);
	char *copy, *to;

	while (len && strchr(" \t\r\n", s[0]))
		s++, len--;
	while (len && strchr(" \t\r\n", s[len - 1]))
		len--;
	copy = to = arena_strndup(arena, s, len);
	for (const char *from = copy; *from; from++)
		if (*from != '\r')
			*to++ = *from;
	*to = '\0';
	return copy;
}

static bool
accept_text(const struct field *f, const json_t *in, struct arena *arena, const char **ret)
{
	if (!json_is_string(in))
		return false;
	char *text = f->secret ? arena_strndup(arena, json_string_value(in), json_string_length(in))
			       : trimmed(arena, json_string_value(in));
	int64_t length = text_length(text, f->multiline);

	if (strlen(text) != json_string_length(in) && f->secret)
		return false;
	if (f->format && f->format->normalise && f->format->check(text)) {
		text = f->format->normalise(arena, text);
		length = text_length(text, f->multiline);
	}
	if (length < f->min || length > f->max)
		return false;
	if (f->choices && !choice_text(f->choices, text))
		return false;
	if (f->slot && !matches("[0-9a-f]{32}", text))
		return false;
	if (f->pattern && !matches(f->pattern, text))
		return false;
	if (f->format && !f->format->check(text))
		return false;
	*ret = text;
	return true;
}

static bool
accept_list(const struct field *f, const json_t *in, struct arena *arena, struct text_list *ret)
{
	size_t count = json_array_size(in);

	if (!json_is_array(in) || (int64_t)count < f->min || (int64_t)count > f->max)
		return false;
	const char **items = arena_alloc(arena, count * sizeof(*items));
	for (size_t i = 0; i < count; i++) {
		const char *code = json_string_value(json_array_get(in, i));

		if (!choice_text(f->choices, code))
			return false;
		for (size_t j = 0; j < i; j++)
			if (strcmp(items[j], code) == 0)
				return false;
		items[i] = arena_strndup(arena, code, strlen(code));
	}
	*ret = (struct text_list){ items, count };
	return true;
}

static bool
accept(const struct field *f, const json_t *in, struct arena *arena, void *member)
{
	switch (f->type) {
	case FIELD_TEXT:
		return accept_text(f, in, arena, member);
	case FIELD_INTEGER:
		*(int64_t *)member = json_integer_value(in);
		return json_is_integer(in) && json_integer_value(in) >= f->min &&
		       json_integer_value(in) <= f->max;
	case FIELD_BOOL:
		*(bool *)member = json_is_true(in);
		return json_is_boolean(in) && (json_is_true(in) || f->min == 0);
	case FIELD_LIST:
		return accept_list(f, in, arena, member);
	}
	return false;
}

static bool
is_given(const json_t *in)
{
	const char *s = json_string_value(in);

	if (!in || json_is_null(in) || (json_is_array(in) && json_array_size(in) == 0))
		return false;
	return !s || strspn(s, " \t\r\n") < json_string_length(in);
}

static const struct field *
find(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->count; i++)
		if (strcmp(form->fields[i].name, name) == 0)
			return &form->fields[i];
	return NULL;
}

/* What a condition compares: a box that is not ticked reads "false" whether it was sent or not. */
static const char *
condition_value(const struct form *form, const char *name, const json_t *input, const char *variant)
{
	const json_t *in = json_object_get(input, name);

	if (strcmp(name, "@kind") == 0)
		return variant;
	const struct field *f = find(form, name);
	if (f && f->type == FIELD_BOOL)
		return json_is_true(in) ? "true" : "false";
	return json_string_value(in);
}

static bool
is_asked(const struct form *form, const struct field *f, const json_t *input, const char *variant)
{
	for (size_t i = 0; i < CONDITIONS_MAX && f->asked[i].field; i++) {
		const struct condition *c = &f->asked[i];
		const json_t *other = json_object_get(input, c->field);
		const char *value = condition_value(form, c->field, input, variant);
		bool met = false;

		for (size_t v = 0; json_is_array(other) && v < json_array_size(other); v++) {
			const char *item = json_string_value(json_array_get(other, v));

			for (size_t j = 0; item && j < CONDITION_VALUES_MAX && c->in[j]; j++)
				met = met || strcmp(item, c->in[j]) == 0;
		}
		for (size_t j = 0; value && j < CONDITION_VALUES_MAX && c->in[j]; j++)
			met = met || strcmp(value, c->in[j]) == 0;
		if (!met)
			return false;
	}
	return true;
}

static void
add(struct field_errors *errors, const char *name, const char *text)
{
	if (errors->count < FORM_FIELDS_MAX)
		errors->list[errors->count++] = (struct field_error){ name, text };
}

/* Names nobody knows: they are echoed, so only their printable beginning. */
static void
refuse_unknown(const struct form *form, const json_t *input, struct arena *arena,
    struct field_errors *errors)
{
	const char *name;
	json_t *value;

	/* jansson's iteration macro wants a non-const object; nothing is changed */
	json_object_foreach((json_t *)(uintptr_t)input, name, value)
	{
		char shown[40];
		size_t n = 0;

		if (find(form, name))
			continue;
		for (; name[n] && n + 1 < sizeof(shown); n++)
			shown[n] = (name[n] > ' ' && name[n] < 0x7f) ? name[n] : '_';
		add(errors, arena_strndup(arena, shown, n), UNKNOWN_FIELD);
	}
}

enum err
form_read(const struct form *form, const json_t *input, const char *variant, enum form_mode mode,
    struct arena *arena, struct field_errors *errors, void *out)
{
	assert(form->count <= FORM_FIELDS_MAX);
	if (!json_is_object(input))
		return ERR_BAD_REQUEST;
	for (size_t i = 0; i < form->count; i++) {
		const struct field *f = &form->fields[i];
		const json_t *in = json_object_get(input, f->name);

		if (!is_asked(form, f, input, variant)) {
			if (is_given(in))
				add(errors, f->name, UNKNOWN_FIELD);
			continue;
		}
		if (!is_given(in)) {
			if (f->required && mode == FORM_SUBMIT)
				add(errors, f->name, f->hint);
			continue;
		}
		if (!accept(f, in, arena, (char *)out + f->offset))
			add(errors, f->name, f->hint);
	}
	refuse_unknown(form, input, arena, errors);
	return errors->count ? ERR_INVALID : ERR_OK;
}

enum err
form_refuse(const struct form *form, struct field_errors *errors, const char *name,
    const char *text)
{
	const struct field *f = find(form, name);

	assert(f);
	add(errors, f->name, text ? text : f->hint);
	return ERR_INVALID;
}

static json_t *
member_json(const struct field *f, const void *member)
{
	const struct text_list *list = member;

	switch (f->type) {
	case FIELD_TEXT:
		return *(const char *const *)member ? json_string(*(const char *const *)member)
						    : NULL;
	case FIELD_INTEGER:
		return *(const int64_t *)member ? json_integer(*(const int64_t *)member) : NULL;
	case FIELD_BOOL:
		return *(const bool *)member ? json_true() : NULL;
	case FIELD_LIST:
		if (!list->count)
			return NULL;
		json_t *array = json_array();
		for (size_t i = 0; i < list->count; i++)
			json_array_append_new(array, json_string(list->items[i]));
		return array;
	}
	return NULL;
}

json_t *
form_dump(const struct form *form, const void *in)
{
	json_t *object = json_object();

	for (size_t i = 0; i < form->count; i++) {
		const struct field *f = &form->fields[i];
		json_t *value = f->secret ? NULL : member_json(f, (const char *)in + f->offset);

		if (value)
			json_object_set_new(object, f->name, value);
	}
	return object;
}
