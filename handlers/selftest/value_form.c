/* Values as languages print them: what stands in a sign string when nobody made JSON of it. */
#include "handlers/selftest/value_form.h"

#include <string.h>

/* {a=1, b=[x, null]}: Java's Map and List, toString() */
static const char *
java_leaf(const struct value *v)
{
	return v->kind == VALUE_NULL ? "null" : v->text;
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

/* {'a': 1, 'b': ['x', None]}: Python's str() */
static void
put_leaf(struct written *out, const struct value *v, enum value_form form)
{
	if (form == WRITTEN_JAVA)
		text_say(out, java_leaf(v));
	else if (v->kind == VALUE_TEXT)
		put_python_text(out, v->text);
	else if (v->kind == VALUE_NULL)
		text_say(out, "None");
	else if (v->kind == VALUE_BOOL)
		text_say(out, *v->text == 't' ? "True" : "False");
	else
		text_say(out, v->text);
}

static void
put_inside(struct written *out, const struct value *v, enum value_form form, bool as_sent)
{
	bool object = v->kind == VALUE_OBJECT, sorted = object && !as_sent;
	const struct value *first = sorted ? v->least : v->first;

	if (!object && v->kind != VALUE_LIST) {
		put_leaf(out, v, form);
		return;
	}
	text_say(out, object ? "{" : "[");
	for (const struct value *m = first; m; m = sorted ? m->higher : m->next) {
		if (m != first)
			text_say(out, ", ");
		if (object && form == WRITTEN_PYTHON) {
			put_python_text(out, m->name);
			text_say(out, ": ");
		} else if (object) {
			text_say(out, m->name);
			text_say(out, "=");
		}
		put_inside(out, m, form, as_sent);
	}
	text_say(out, object ? "}" : "]");
}

/* The JSON text as a JSON text */
static void
put_quoted(struct written *out, const struct value *value, const struct value_style *style)
{
	struct written inner = { .arena = out->arena };

	value_write(&inner, value, style);
	value_write(out, &(struct value){ .kind = VALUE_TEXT, .text = text_of(&inner) }, style);
}

void
value_write_form(struct written *out, const struct value *value, enum value_form form,
    const struct value_style *style)
{
	if (form == WRITTEN_JSON)
		value_write(out, value, style);
	else if (form == WRITTEN_OBJECT)
		text_say(out, "[object Object]"); /* JavaScript's String() */
	else if (form == WRITTEN_QUOTED)
		put_quoted(out, value, style);
	else
		put_inside(out, value, form, style->as_sent);
}
