#include "handlers/selftest/value.h"

#include <string.h>

void
text_put(struct written *text, const char *bytes, size_t size)
{
	if (size >= text->cap - text->size || !text->bytes) {
		size_t cap = (text->size + size + 64) * 2;
		char *grown = arena_alloc(text->arena, cap);

		if (text->size)
			memcpy(grown, text->bytes, text->size);
		text->bytes = grown;
		text->cap = cap;
	}
	if (size)
		memcpy(text->bytes + text->size, bytes, size);
	text->size += size;
}

void
text_say(struct written *text, const char *word)
{
	text_put(text, word, strlen(word));
}

const char *
text_of(struct written *text)
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
