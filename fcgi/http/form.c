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

/* One answer, of whichever type its field is. */
union member {
	const char *text;
	int64_t number;
	bool truth;
	struct text_list list;
};

static bool
accept_text(const struct field *f, const char *given, struct arena *arena, const char **ret)
{
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

/* Items that are NULL were no texts. */
static bool
accept_list(const struct field *f, const struct text_list *given, struct arena *arena,
    struct text_list *ret)
{
	const char *const *codes = given->items;

	if ((int64_t)given->count < f->min || (int64_t)given->count > f->max)
		return false;
	const char **items = arena_alloc(arena, given->count * sizeof(*items));
	for (size_t i = 0; i < given->count; i++) {
		if (f->choices ? !choice_text(choices_of(f), codes[i])
			       : !codes[i] || !f->pattern || !matches(f->pattern, codes[i]))
			return false;
		for (size_t j = 0; j < i; j++)
			if (strcmp(items[j], codes[i]) == 0)
				return false;
		items[i] = arena_strndup(arena, codes[i], strlen(codes[i]));
	}
	*ret = (struct text_list){ items, given->count };
	return true;
}

static bool
accept(const struct field *f, const union member *given, struct arena *arena, void *member)
{
	switch (f->type) {
	case FIELD_TEXT:
		return accept_text(f, given->text, arena, member);
	case FIELD_INTEGER:
		*(int64_t *)member = given->number;
		return given->number >= f->min && given->number <= f->max;
	case FIELD_BOOL:
		*(bool *)member = given->truth;
		return given->truth || f->min == 0;
	case FIELD_LIST:
		return accept_list(f, &given->list, arena, member);
	}
	return false;
}

const struct field *
form_field(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->count; i++)
		if (strcmp(form->fields[i].name, name) == 0)
			return &form->fields[i];
	return NULL;
}

/* ---- where answers come from: a JSON object, or a struct of the form ---- */

struct answers {
	const struct form *form;
	const json_t *input; /* or else */
	const void *in;
	const char *variant;
	struct arena *arena;
};

/* NULL: no text, or one with a NUL that would hide the rest. */
static const char *
plain_text(const json_t *in)
{
	const char *text = json_string_value(in);

	return text && strlen(text) == json_string_length(in) ? text : NULL;
}

static bool
take_list(const struct field *f, const json_t *in, struct arena *arena, struct text_list *ret)
{
	size_t count = json_array_size(in);

	if (!json_is_array(in) || (int64_t)count > f->max)
		return false;
	const char **items = arena_alloc(arena, count * sizeof(*items));
	for (size_t i = 0; i < count; i++)
		items[i] = plain_text(json_array_get(in, i));
	*ret = (struct text_list){ items, count };
	return true;
}

/* false: it is of another type. */
static bool
take_json(const struct field *f, const json_t *in, struct arena *arena, union member *ret)
{
	switch (f->type) {
	case FIELD_TEXT:
		ret->text = plain_text(in);
		return ret->text != NULL;
	case FIELD_INTEGER:
		ret->number = json_integer_value(in);
		return json_is_integer(in);
	case FIELD_BOOL:
		ret->truth = json_is_true(in);
		return json_is_boolean(in);
	case FIELD_LIST:
		return take_list(f, in, arena, &ret->list);
	}
	return false;
}

static void
take_member(const struct field *f, const void *in, union member *ret)
{
	const char *member = (const char *)in + f->offset;

	switch (f->type) {
	case FIELD_TEXT:
		ret->text = *(const char *const *)member;
		break;
	case FIELD_INTEGER:
		ret->number = *(const int64_t *)member;
		break;
	case FIELD_BOOL:
		ret->truth = *(const bool *)member;
		break;
	case FIELD_LIST:
		ret->list = *(const struct text_list *)member;
		break;
	}
}

static bool
is_given_json(const json_t *in)
{
	const char *s = plain_text(in);

	if (!in || json_is_null(in) || (json_is_array(in) && json_array_size(in) == 0))
		return false;
	return !s || !text_is_blank(s);
}

/* What form_dump() would leave out is not given. */
static bool
is_given_member(const struct field *f, const union member *m)
{
	switch (f->type) {
	case FIELD_TEXT:
		return m->text && !text_is_blank(m->text);
	case FIELD_INTEGER:
		return m->number != 0;
	case FIELD_BOOL:
		return m->truth;
	case FIELD_LIST:
		return m->list.count > 0;
	}
	return false;
}

/* *ret_taken false: given, but of another type. */
static bool
is_given(const struct answers *a, const struct field *f, union member *ret, bool *ret_taken)
{
	const json_t *in = json_object_get(a->input, f->name);

	*ret_taken = true;
	if (!a->input) {
		take_member(f, a->in, ret);
		return is_given_member(f, ret);
	}
	if (!is_given_json(in))
		return false;
	*ret_taken = take_json(f, in, a->arena, ret);
	return true;
}

/* ---- which fields are asked ---- */

static bool
is_in(const struct condition *c, const char *value)
{
	for (size_t i = 0; value && i < CONDITION_VALUES_MAX && c->in[i]; i++)
		if (strcmp(value, c->in[i]) == 0)
			return true;
	return false;
}

/*
 * What a condition compares: the text as it will be kept, or a blank too many
 * would switch rows off; a box that is not ticked reads "false" whether it was
 * sent or not.
 */
static bool
is_met_by_json(const struct condition *c, const struct answers *a)
{
	const json_t *in = json_object_get(a->input, c->field);
	const struct field *f = form_field(a->form, c->field);

	for (size_t i = 0; json_is_array(in) && i < json_array_size(in); i++)
		if (is_in(c, json_string_value(json_array_get(in, i))))
			return true;
	if (f && f->type == FIELD_BOOL)
		return is_in(c, json_is_true(in) ? "true" : "false");
	return json_is_string(in) && is_in(c, text_trimmed(a->arena, json_string_value(in)));
}

static bool
is_met_by_member(const struct condition *c, const struct answers *a)
{
	const struct field *f = form_field(a->form, c->field);
	union member m;

	if (!f)
		return false;
	take_member(f, a->in, &m);
	if (f->type == FIELD_BOOL)
		return is_in(c, m.truth ? "true" : "false");
	if (f->type == FIELD_TEXT)
		return m.text && is_in(c, text_trimmed(a->arena, m.text));
	for (size_t i = 0; f->type == FIELD_LIST && i < m.list.count; i++)
		if (is_in(c, m.list.items[i]))
			return true;
	return false;
}

static bool
is_asked(const struct answers *a, const struct field *f)
{
	for (size_t i = 0; i < CONDITIONS_MAX && f->asked[i].field; i++) {
		const struct condition *c = &f->asked[i];
		bool met = strcmp(c->field, "@kind") == 0 ? is_in(c, a->variant)
			   : a->input                     ? is_met_by_json(c, a)
							  : is_met_by_member(c, a);

		if (!met)
			return false;
	}
	return true;
}

bool
form_asks(const struct form *form, const struct field *field, const json_t *input,
    const char *variant, struct arena *arena)
{
	const struct answers a = { form, input, NULL, variant, arena };

	return is_asked(&a, field);
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

/* The one judge of both. */
static void
judge(const struct answers *a, enum form_mode mode, struct field_errors *errors, void *out)
{
	assert(a->form->count <= FORM_FIELDS_MAX);
	for (size_t i = 0; i < a->form->count; i++) {
		const struct field *f = &a->form->fields[i];
		union member given;
		bool taken, there = is_given(a, f, &given, &taken);

		if (!is_asked(a, f)) {
			if (there)
				add(errors, f->name, UNKNOWN_FIELD);
			continue;
		}
		if (!there) {
			if (f->required && mode == FORM_SUBMIT)
				add(errors, f->name, f->hint);
			continue;
		}
		if (!taken || !accept(f, &given, a->arena, (char *)out + f->offset))
			add(errors, f->name, f->hint);
	}
}

enum err
form_read(const struct form *form, const json_t *input, const char *variant, enum form_mode mode,
    struct arena *arena, struct field_errors *errors, void *out)
{
	const struct answers a = { form, input, NULL, variant, arena };

	if (!json_is_object(input))
		return ERR_BAD_REQUEST;
	judge(&a, mode, errors, out);
	refuse_unknown(form, input, arena, errors);
	return errors->count ? ERR_INVALID : ERR_OK;
}

enum err
form_check(const struct form *form, const void *in, const char *variant, enum form_mode mode,
    struct arena *arena, struct field_errors *errors, void *out)
{
	const struct answers a = { form, NULL, in, variant, arena };

	judge(&a, mode, errors, out);
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
