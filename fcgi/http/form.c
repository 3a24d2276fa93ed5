#include "fcgi/http/form.h"

#include <assert.h>
#include <regex.h>
#include <stdio.h>
#include <string.h>

#include "fcgi/base/text.h"

#define UNKNOWN_FIELD "此处不需要填写该项"

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

static const struct choice *(*dictionaries)(const char *name);

void
form_set_dictionaries(const struct choice *(*current)(const char *name))
{
	dictionaries = current;
}

static const struct choice *
choices_of(const struct field *f)
{
	const struct choice *list =
	    f->dictionary && dictionaries ? dictionaries(f->dictionary) : NULL;

	return list ? list : f->choices;
}

static bool
accept_text(const struct field *f, const json_t *in, struct arena *arena, const char **ret)
{
	const char *given = json_string_value(in);

	if (!given || strlen(given) != json_string_length(in)) /* a NUL would hide the rest */
		return false;
	char *text =
	    f->secret ? arena_strndup(arena, given, strlen(given)) : text_trimmed(arena, given);
	int64_t length = text_length(text, f->multiline);

	if (f->format && f->format->normalise && f->format->check(text)) {
		text = f->format->normalise(arena, text);
		length = text_length(text, f->multiline);
	}
	if (length < f->min || length > f->max)
		return false;
	if (f->choices && !choice_text(choices_of(f), text))
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
		const json_t *item = json_array_get(in, i);
		const char *code = json_string_value(item);

		if (code && strlen(code) != json_string_length(item)) /* as in accept_text() */
			return false;
		if (f->choices ? !choice_text(choices_of(f), code)
			       : !code || !f->pattern || !matches(f->pattern, code))
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
	return !s || strlen(s) != json_string_length(in) || !text_is_blank(s);
}

const struct field *
form_field(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->count; i++)
		if (strcmp(form->fields[i].name, name) == 0)
			return &form->fields[i];
	return NULL;
}

/*
 * What a condition compares: the text as it will be kept, or a blank too many
 * would switch rows off; a box that is not ticked reads "false" whether it was
 * sent or not.
 */
static const char *
condition_value(const struct form *form, const char *name, const json_t *input, const char *variant,
    struct arena *arena)
{
	const json_t *in = json_object_get(input, name);

	if (strcmp(name, "@kind") == 0)
		return variant;
	const struct field *f = form_field(form, name);
	if (f && f->type == FIELD_BOOL)
		return json_is_true(in) ? "true" : "false";
	return json_is_string(in) ? text_trimmed(arena, json_string_value(in)) : NULL;
}

static bool
is_asked(const struct form *form, const struct field *f, const json_t *input, const char *variant,
    struct arena *arena)
{
	for (size_t i = 0; i < CONDITIONS_MAX && f->asked[i].field; i++) {
		const struct condition *c = &f->asked[i];
		const json_t *other = json_object_get(input, c->field);
		const char *value = condition_value(form, c->field, input, variant, arena);
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

bool
form_asks(const struct form *form, const struct field *field, const json_t *input,
    const char *variant, struct arena *arena)
{
	return is_asked(form, field, input, variant, arena);
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

		if (form_field(form, name))
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

		if (!is_asked(form, f, input, variant, arena)) {
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
	const struct field *f = form_field(form, name);

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
