#include "handlers/export.h"

#include <stdio.h>
#include <string.h>

#include "handlers/forms.h"
#include "handlers/routes.h"
#include "handlers/rules/kinds.h"
#include "handlers/rules/workflow.h"

static json_t *
slots_json(void)
{
	json_t *all = json_object();

	for (size_t i = 0; i < slots_count; i++) {
		json_t *extensions = json_array();
		char list[100];
		char *next = list;

		strncpy(list, slots[i].extensions, sizeof(list) - 1);
		list[sizeof(list) - 1] = '\0';
		for (char *word; (word = strsep(&next, " "));)
			json_array_append_new(extensions, json_string(word));
		json_object_set_new(all, slots[i].name,
		    json_pack("{sI so ss}", "max_bytes", (json_int_t)slots[i].max_bytes,
			"extensions", extensions, "text", slots[i].text));
	}
	return all;
}

static json_t *
kinds_json(const struct kind_info *list)
{
	json_t *all = json_array();

	for (; list->wire; list++)
		json_array_append_new(all,
		    json_pack("{ss ss}", "code", list->wire, "text", list->text));
	return all;
}

static json_t *
states_json(void)
{
	json_t *all = json_array();

#define STATE(code, name, status, desk, final)                                                     \
	json_array_append_new(all, json_pack("{ss ss sb}", "code", #name, "status",                \
				       status_info(STATUS_##status)->wire, "final", final));
#include "handlers/rules/state.def"
#undef STATE
	return all;
}

static json_t *
desks_json(void)
{
	json_t *all = json_array();

#define DESK(code, name, wire, text, passed, rejected, pending, opinion)                           \
	json_array_append_new(all,                                                                 \
	    json_pack("{ss ss ss ss ss ss}", "code", wire, "text", text, "passed", passed,         \
		"rejected", rejected, "pending", pending, "opinion", opinion));
#include "handlers/rules/desk.def"
#undef DESK
	return all;
}

static json_t *
errors_json(void)
{
	json_t *all = json_array();

	for (enum err e = ERR_OK + 1; e < ERR__COUNT; e++)
		json_array_append_new(all,
		    json_pack("{ss si ss}", "key", err_info(e)->key, "status", err_info(e)->status,
			"text", err_info(e)->text));
	return all;
}

json_t *
export_rules(void)
{
	json_t *all = json_object(), *statuses = json_array();

	for (size_t i = 0; i < forms_count; i++)
		json_object_set_new(all, forms[i]->name, form_export(forms[i]));
	for (enum status s = 0; s < STATUS_COUNT; s++)
		json_array_append_new(statuses, json_pack("{ss ss}", "code", status_info(s)->wire,
						    "text", status_info(s)->text));
	return json_pack("{so so so so so so so so}", "forms", all, "slots", slots_json(),
	    "statuses", statuses, "states", states_json(), "desks", desks_json(), "businesses",
	    kinds_json(businesses), "certifications", kinds_json(certifications), "errors",
	    errors_json());
}

/* ---- OpenAPI ------------------------------------------------------------ */

#define PATH_SIZE 200

/* A path as OpenAPI wants it: a second {word} has a name of its own. */
static const char *
path_of(const struct route *r, char path[PATH_SIZE])
{
	static const char word[] = "{word}";
	const char *first = strstr(r->path, word);
	const char *second = first ? strstr(first + 1, word) : NULL;

	if (!second)
		return r->path;
	const char *rest = second + sizeof(word) - 1;
	snprintf(path, PATH_SIZE, "%.*s{word2}%s", (int)(second - r->path), r->path, rest);
	return path;
}

static json_t *
parameters_json(const struct route *r)
{
	static const char *const marks[] = { "{id}", "{key}", "{word}", "{word2}" };
	static const char *const patterns[] = { "^[1-9][0-9]*$", "^[0-9a-f]{32}$", "^[a-z-]+$",
		"^[a-z-]+$" };
	char buffer[PATH_SIZE];
	const char *path = path_of(r, buffer);
	json_t *all = json_array();

	for (size_t i = 0; i < 4; i++) {
		if (!strstr(path, marks[i]))
			continue;
		json_t *name = json_stringn(marks[i] + 1, strlen(marks[i]) - 2);
		json_array_append_new(all,
		    json_pack("{so ss sb s{ss ss}}", "name", name, "in", "path", "required", 1,
			"schema", "type", "string", "pattern", patterns[i]));
	}
	if (r->gates & GATE_CSRF)
		json_array_append_new(all,
		    json_pack("{ss ss sb s{ss}}", "name", "X-CSRF-Token", "in", "header",
			"required", 1, "schema", "type", "string"));
	if (r->gates & GATE_ONCE)
		json_array_append_new(all,
		    json_pack("{ss ss sb s{ss ss}}", "name", "Idempotency-Key", "in", "header",
			"required", 1, "schema", "type", "string", "pattern",
			"^[A-Za-z0-9_-]{16,64}$"));
	return all;
}

static json_t *
operation_json(const struct route *r)
{
	json_t *responses = json_pack("{s{ss} s{ss s{s{s{ss}}}}}", "2XX", "description", "done",
	    "default", "description", "refused: RFC 9457", "content", "application/problem+json",
	    "schema", "$ref", "#/components/schemas/problem");
	json_t *op = json_pack("{ss so so}", "summary", r->about ? r->about : "", "parameters",
	    parameters_json(r), "responses", responses);

	if (r->form)
		json_object_set_new(op, "requestBody",
		    json_pack("{sb s{s{so}}}", "required", 1, "content", "application/json",
			"schema",
			json_pack("{so}", "$ref",
			    json_sprintf("#/components/schemas/%s", r->form->name))));
	return op;
}

static json_t *
lower_case(const char *method)
{
	char name[8] = { 0 };

	for (size_t i = 0; method[i] && i + 1 < sizeof(name); i++)
		name[i] = (char)(method[i] | 0x20);
	return json_string(name);
}

json_t *
export_openapi(const struct route_table *table, const char *title)
{
	json_t *paths = json_object(), *schemas = json_object();

	json_object_set_new(schemas, "problem",
	    json_pack("{ss s{s{ss} s{ss} s{ss} s{ss} s{ss s{ss}}}}", "type", "object", "properties",
		"title", "type", "string", "status", "type", "integer", "code", "type", "string",
		"detail", "type", "string", "errors", "type", "array", "items", "type", "object"));
	for (size_t i = 0; i < table->count; i++) {
		const struct route *r = &table->rows[i];
		char buffer[PATH_SIZE];
		const char *path = path_of(r, buffer);
		json_t *item = json_object_get(paths, path);
		json_t *method = lower_case(r->method);

		if (!item) {
			item = json_object();
			json_object_set_new(paths, path, item);
		}
		json_object_set_new(item, json_string_value(method), operation_json(r));
		json_decref(method);
		if (r->form)
			json_object_set_new(schemas, r->form->name, form_schema(r->form));
	}
	return json_pack("{ss s{ss ss} so s{so}}", "openapi", "3.1.0", "info", "title", title,
	    "version", "1", "paths", paths, "components", "schemas", schemas);
}
