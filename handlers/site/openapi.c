#include "handlers/site/openapi.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/http/answer.h"
#include "fcgi/http/form_export.h"
#include "handlers/common/gate.h"

#define PATH_SIZE 200
#define V1 "/api/v1"

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

/* What may stand behind "?". */
static void
add_query(json_t *all, const struct form *query)
{
	json_auto_t *schema = form_schema(query);
	const json_t *properties = json_object_get(schema, "properties");

	for (size_t i = 0; i < query->count; i++) {
		const struct field *f = &query->fields[i];

		json_array_append_new(all,
		    json_pack("{ss ss ss* sb sO}", "name", f->name, "in", "query", "description",
			f->label, "required", f->required, "schema",
			json_object_get(properties, f->name)));
	}
}

static json_t *
parameters_json(const struct route *r)
{
	static const struct {
		const char *mark, *pattern, *about;
	} keys[] = {
		{ "{id}", "^[1-9][0-9]*$", "Number of a row" },
		{ "{key}", "^[0-9a-f]{32}$", "What cannot be guessed" },
		{ "{word}", "^[a-z-]+$", "One of a few names" },
		{ "{word2}", "^[a-z-]+$", "One of a few names" },
	};
	char buffer[PATH_SIZE];
	const char *path = path_of(r, buffer);
	json_t *all = json_array();

	for (size_t i = 0; i < COUNT(keys); i++) {
		if (!strstr(path, keys[i].mark))
			continue;
		json_t *name = json_stringn(keys[i].mark + 1, strlen(keys[i].mark) - 2);
		json_array_append_new(all,
		    json_pack("{so ss ss sb s{ss ss}}", "name", name, "in", "path", "description",
			keys[i].about, "required", 1, "schema", "type", "string", "pattern",
			keys[i].pattern));
	}
	if (r->query)
		add_query(all, r->query);
	if (r->gates & GATE_CSRF)
		json_array_append_new(all,
		    json_pack("{ss ss ss sb s{ss}}", "name", "X-CSRF-Token", "in", "header",
			"description", "csrf of GET /session", "required", 1, "schema", "type",
			"string"));
	if (r->gates & GATE_ONCE)
		json_array_append_new(all,
		    json_pack("{ss ss ss sb s{ss ss}}", "name", "Idempotency-Key", "in", "header",
			"description", "Of one intention: sent again, it is done once", "required",
			1, "schema", "type", "string", "pattern", "^[A-Za-z0-9_-]{16,64}$"));
	return all;
}

/* A name for programs, of each row its own: "post_applications_by_key_submission". */
static json_t *
operation_id(const struct route *r)
{
	char id[PATH_SIZE];
	size_t n = 0;

	for (const char *p = r->method; *p; p++)
		id[n++] = (char)tolower((unsigned char)*p);
	for (const char *p = strncmp(r->path, V1, strlen(V1)) == 0 ? r->path + strlen(V1) : r->path;
	     *p && n + 1 < sizeof(id); p++)
		if (isalnum((unsigned char)*p))
			id[n++] = *p;
		else if (*p == '{' && n + 3 < sizeof(id))
			n += (size_t)snprintf(id + n, 4, "by_");
		else if (id[n - 1] != '_')
			id[n++] = '_';
	return json_stringn(id, id[n - 1] == '_' ? n - 1 : n);
}

/* The first word of an address: what programs and readers sort operations by. */
static json_t *
tag(const struct route *r)
{
	const char *p = strncmp(r->path, V1, strlen(V1)) == 0 ? r->path + strlen(V1) : r->path;

	return json_stringn(p + 1, strcspn(p + 1, "/."));
}

/* Is there a body of JSON? It may be an object with nothing in it. */
static bool
is_json(const struct answer *answer)
{
	return answer->count > 0 || (!answer->media && answer != &answer_nothing);
}

/* What a 2xx of this row brings. */
static json_t *
answer_response(const struct answer *answer)
{
	json_t *content = json_object();

	if (is_json(answer))
		json_object_set_new(content, "application/json",
		    json_pack("{s{so}}", "schema", "$ref",
			json_sprintf("#/components/schemas/%s", answer->name)));
	if (answer->media)
		json_object_set_new(content, answer->media,
		    json_pack("{s{ss ss}}", "schema", "type", "string", "format", "binary"));
	if (json_object_size(content) == 0) {
		json_decref(content);
		return json_pack("{ss}", "description", "done; no body");
	}
	return json_pack("{ss so}", "description", "done", "content", content);
}

static json_t *
responses_json(const struct route *r)
{
	json_t *refused =
	    json_pack("{ss s{s{s{ss}}}}", "description", "refused: RFC 9457", "content",
		"application/problem+json", "schema", "$ref", "#/components/schemas/problem");
	json_t *done =
	    r->answer ? answer_response(r->answer) : json_pack("{ss}", "description", "done");

	return json_pack("{so sO so}", "2XX", done, "4XX", refused, "5XX", refused);
}

/* What is sent has names of its own: a form and an answer may both be a "message". */
static void
add_form(json_t *schemas, const struct form *form)
{
	char name[PATH_SIZE];

	snprintf(name, sizeof(name), "%s_form", form->name);
	json_object_set_new(schemas, name, form_schema(form));
}

/* The answer's schema, and of all it is made of. */
static void
add_answer(json_t *schemas, const struct answer *answer)
{
	if (json_object_get(schemas, answer->name) || !is_json(answer))
		return;
	json_object_set_new(schemas, answer->name, answer_schema(answer));
	for (size_t i = 0; i < answer->count; i++)
		if (answer->rows[i].of)
			add_answer(schemas, answer->rows[i].of);
}

/* Rows open to strangers need no session; an empty list says so. */
static json_t *
security_json(const struct route *r)
{
	return r->who & WHO(0) ? json_array() : json_pack("[{s[]}]", "session");
}

static json_t *
operation_json(const struct route *r)
{
	json_t *op = json_pack("{so s[o] ss so so so}", "operationId", operation_id(r), "tags",
	    tag(r), "summary", r->about ? r->about : "", "parameters", parameters_json(r),
	    "responses", responses_json(r), "security", security_json(r));

	if (r->form)
		json_object_set_new(op, "requestBody",
		    json_pack("{sb s{s{so}}}", "required", 1, "content", "application/json",
			"schema",
			json_pack("{so}", "$ref",
			    json_sprintf("#/components/schemas/%s_form", r->form->name))));
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

/* Why a request is refused, as fcgi/http/dispatch.c says it. */
static json_t *
problem_schema(void)
{
	json_t *text = json_pack("{ss}", "type", "string");
	json_t *error = json_pack("{ss s{sO sO} s[ss]}", "type", "object", "properties", "field",
	    text, "text", text, "required", "field", "text");
	json_t *properties = json_pack("{sO sO s{ss} sO s{ss so} sO sO}", "type", text, "title",
	    text, "status", "type", "integer", "code", text, "errors", "type", "array", "items",
	    error, "detail", text, "request", text);

	json_decref(text);
	return json_pack("{ss so s[ssssss]}", "type", "object", "properties", properties,
	    "required", "type", "title", "status", "code", "errors", "request");
}

json_t *
export_openapi(const struct route_table *table, const char *title, const char *cookie)
{
	json_t *paths = json_object(), *schemas = json_object();

	json_object_set_new(schemas, "problem", problem_schema());
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
			add_form(schemas, r->form);
		if (r->answer)
			add_answer(schemas, r->answer);
	}
	return json_pack("{ss s{ss ss s{ss ss}} s[{ss}] so s{so s{s{ss ss ss}}}}", "openapi",
	    "3.1.0", "info", "title", title, "version", "1", "license", "name", "Apache-2.0",
	    "identifier", "Apache-2.0", "servers", "url", "/", "paths", paths, "components",
	    "schemas", schemas, "securitySchemes", "session", "type", "apiKey", "in", "cookie",
	    "name", cookie);
}
