#include "fcgi/http/form_export.h"

#include <string.h>

/* The two ways a form leaves the program: as the browser's table and as a JSON Schema. */

static const char *const type_names[] = {
	[FIELD_TEXT] = "text",
	[FIELD_INTEGER] = "integer",
	[FIELD_BOOL] = "bool",
	[FIELD_LIST] = "list",
};

static const char *
control_of(const struct field *f)
{
	if (f->control)
		return f->control;
	if (f->slot)
		return "file";
	switch (f->type) {
	case FIELD_TEXT:
		return f->choices ? "select" : f->multiline ? "textarea" : "text";
	case FIELD_INTEGER:
		return "text";
	case FIELD_BOOL:
		return "checkbox";
	case FIELD_LIST:
		return "checkboxes";
	}
	return "text";
}

static json_t *
choices_json(const struct choice *choices)
{
	json_t *list = json_array();

	for (; choices->code; choices++)
		json_array_append_new(list, json_pack("{ss ss ss*}", "code", choices->code, "text",
						choices->text, "hint", choices->hint));
	return list;
}

static json_t *
asked_json(const struct field *f)
{
	json_t *list = json_array();

	for (size_t i = 0; i < CONDITIONS_MAX && f->asked[i].field; i++) {
		json_t *in = json_array();

		for (size_t j = 0; j < CONDITION_VALUES_MAX && f->asked[i].in[j]; j++)
			json_array_append_new(in, json_string(f->asked[i].in[j]));
		json_array_append_new(list,
		    json_pack("{ss so}", "field", f->asked[i].field, "in", in));
	}
	return list;
}

json_t *
form_export(const struct form *form)
{
	json_t *fields = json_array();

	for (size_t i = 0; i < form->count; i++) {
		const struct field *f = &form->fields[i];
		json_t *row =
		    json_pack("{ss ss ss* ss ss sb sb sb sb sI sI ss* ss* ss* ss* ss* so}", "name",
			f->name, "label", f->label ? f->label : f->name, "hint", f->hint, "type",
			f->slot ? "file" : type_names[f->type], "control", control_of(f),
			"required", f->required, "pii", f->pii, "secret", f->secret, "multiline",
			f->multiline, "min", (json_int_t)f->min, "max", (json_int_t)f->max, "help",
			f->help, "placeholder", f->placeholder, "autocomplete", f->autocomplete,
			"pattern", f->pattern, "slot", f->slot, "asked", asked_json(f));

		if (f->format)
			json_object_set_new(row, "format", json_string(f->format->name));
		if (f->choices)
			json_object_set_new(row, "choices", choices_json(f->choices));
		if (f->dictionary)
			json_object_set_new(row, "dictionary", json_string(f->dictionary));
		json_array_append_new(fields, row);
	}
	return json_pack("{ss so}", "name", form->name, "fields", fields);
}

static json_t *
field_schema(const struct field *f)
{
	static const char *const json_types[] = {
		[FIELD_TEXT] = "string",
		[FIELD_INTEGER] = "integer",
		[FIELD_BOOL] = "boolean",
		[FIELD_LIST] = "array",
	};
	static const char *const low[] = { "minLength", "minimum", NULL, "minItems" };
	static const char *const high[] = { "maxLength", "maximum", NULL, "maxItems" };
	json_t *s = json_pack("{ss ss* ss*}", "type", json_types[f->type], "title", f->label,
	    "description", f->hint);
	json_t *codes = json_array();

	if (low[f->type] && !f->slot) {
		json_object_set_new(s, low[f->type], json_integer(f->min));
		json_object_set_new(s, high[f->type], json_integer(f->max));
	}
	if (f->slot)
		json_object_set_new(s, "pattern", json_string("^[0-9a-f]{32}$"));
	if (f->pattern && f->type == FIELD_LIST)
		json_object_set_new(s, "items",
		    json_pack("{ss so}", "type", "string", "pattern",
			json_sprintf("^(%s)$", f->pattern)));
	else if (f->pattern)
		json_object_set_new(s, "pattern", json_sprintf("^(%s)$", f->pattern));
	if (f->format)
		json_object_set_new(s, "format", json_string(f->format->name));
	for (const struct choice *c = f->choices; c && c->code; c++)
		json_array_append_new(codes, json_string(c->code));
	if (f->choices && f->type == FIELD_LIST)
		json_object_set_new(s, "items",
		    json_pack("{ss so}", "type", "string", "enum", codes));
	else if (f->choices)
		json_object_set_new(s, "enum", codes);
	else
		json_decref(codes);
	return s;
}

json_t *
form_schema(const struct form *form)
{
	json_t *properties = json_object(), *required = json_array();

	for (size_t i = 0; i < form->count; i++) {
		const struct field *f = &form->fields[i];

		json_object_set_new(properties, f->name, field_schema(f));
		/* what is asked only sometimes cannot be required of every body */
		if (f->required && !f->asked[0].field)
			json_array_append_new(required, json_string(f->name));
	}
	return json_pack("{ss so so sb}", "type", "object", "properties", properties, "required",
	    required, "additionalProperties", 0);
}
