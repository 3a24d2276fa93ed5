#include <stdio.h>
#include <string.h>

#include "handlers/rules/procedure/workflow.h"
#include "handlers/rules/table/dictionary.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/rules/table/slots.h"
#include "handlers/site/dictionaries.h"
#include "handlers/site/export_tables.h"
#include "handlers/site/forms.h"
#include "handlers/site/openapi.h"
#include "handlers/site/routes.h"
#include "tests/support/suite.h"

static const char *
text(const json_t *o, const char *name)
{
	const char *found = json_string_value(json_object_get(o, name));

	return found ? found : "";
}

/* Is there a null, or an empty text, anywhere below? */
static bool
has_hole(const json_t *value)
{
	const char *name;
	json_t *member;
	size_t i;

	if (json_is_null(value) || (json_is_string(value) && !*json_string_value(value)))
		return true;
	json_object_foreach((json_t *)(uintptr_t)value, name,
	    member) if (has_hole(member)) return true;
	json_array_foreach(value, i, member) if (has_hole(member)) return true;
	return false;
}

static bool
has_code(const json_t *list, const char *code)
{
	const json_t *row;
	size_t i;

	json_array_foreach(list, i, row) if (strcmp(text(row, "code"), code) == 0) return true;
	return false;
}

static size_t
length_of(const struct kind_info *list)
{
	size_t n = 0;

	while (list[n].wire)
		n++;
	return n;
}

static void
the_rules_leave_whole(void)
{
	json_t *all = export_rules(NULL), *list = json_object_get(all, "forms");

	CU_ASSERT_FALSE(has_hole(all));
	CU_ASSERT_EQUAL(json_object_size(list), forms_count);
	for (size_t i = 0; i < forms_count; i++) {
		const json_t *form = json_object_get(list, forms[i]->name);

		CU_ASSERT_EQUAL(json_array_size(json_object_get(form, "fields")), forms[i]->count);
	}
	list = json_object_get(all, "slots");
	CU_ASSERT_EQUAL(json_object_size(list), slots_count);
	for (size_t i = 0; i < slots_count; i++) {
		const json_t *slot = json_object_get(list, slots[i].name);

		CU_ASSERT_EQUAL(json_integer_value(json_object_get(slot, "max_bytes")),
		    slots[i].max_bytes);
		CU_ASSERT_TRUE(json_array_size(json_object_get(slot, "extensions")) > 0);
	}
	CU_ASSERT_EQUAL(json_array_size(json_object_get(all, "businesses")), length_of(businesses));
	CU_ASSERT_EQUAL(json_array_size(json_object_get(all, "certifications")),
	    length_of(certifications));
	json_decref(all);
}

static void
the_public_site_holds_what_may_be_sent_there(void)
{
	json_t *all = export_rules(&routes_public), *list = json_object_get(all, "forms");

	CU_ASSERT_FALSE(has_hole(all));
	for (size_t i = 0; i < routes_public.count; i++)
		if (routes_public.rows[i].form)
			CU_ASSERT_PTR_NOT_NULL(
			    json_object_get(list, routes_public.rows[i].form->name));
	CU_ASSERT_TRUE(json_object_size(list) < forms_count);
	CU_ASSERT_PTR_NULL(json_object_get(list, "login_officer"));
	CU_ASSERT_PTR_NULL(json_object_get(list, "staff_add"));
	CU_ASSERT_PTR_NULL(json_object_get(all, "catalogues"));
	CU_ASSERT_PTR_NULL(json_object_get(all, "roles"));
	json_decref(all);
}

static void
every_state_has_a_status_people_see(void)
{
	json_t *all = export_rules(NULL), *statuses = json_object_get(all, "statuses"), *state;
	size_t i;

	CU_ASSERT_EQUAL(json_array_size(statuses), STATUS_COUNT);
	CU_ASSERT_TRUE(json_array_size(json_object_get(all, "states")) > 0);
	json_array_foreach(json_object_get(all, "states"), i, state)
	    CU_ASSERT_TRUE(has_code(statuses, text(state, "status")));
	CU_ASSERT_EQUAL(json_array_size(json_object_get(all, "desks")), 3);
	json_decref(all);
}

/* The parameters of an operation that stand in `in`; those named `name` only, unless NULL. */
static size_t
parameters(const json_t *operation, const char *in, const char *name)
{
	const json_t *p;
	size_t i, count = 0;

	json_array_foreach(json_object_get(operation, "parameters"), i, p) count +=
	    strcmp(text(p, "in"), in) == 0 && (!name || strcmp(text(p, "name"), name) == 0);
	return count;
}

/* Each {name} of the path is described once, and no other. */
static void
path_is_described(const char *path, const json_t *operation)
{
	size_t marks = 0;

	for (const char *p = path; (p = strchr(p, '{')); marks++) {
		char name[16] = "";
		size_t len = strcspn(++p, "}");

		CU_ASSERT_TRUE_FATAL(len < sizeof(name));
		memcpy(name, p, len);
		CU_ASSERT_EQUAL(parameters(operation, "path", name), 1);
	}
	CU_ASSERT_EQUAL(parameters(operation, "path", NULL), marks);
}

static void
body_is_described(const json_t *all, const json_t *operation, const struct form *form)
{
	static const char prefix[] = "#/components/schemas/";
	const json_t *content =
	    json_object_get(json_object_get(operation, "requestBody"), "content");
	const char *ref =
	    text(json_object_get(json_object_get(content, "application/json"), "schema"), "$ref");
	const json_t *schemas = json_object_get(json_object_get(all, "components"), "schemas");

	CU_ASSERT_EQUAL_FATAL(strncmp(ref, prefix, sizeof(prefix) - 1), 0);
	char name[100];
	snprintf(name, sizeof(name), "%s_form", form->name);
	CU_ASSERT_STRING_EQUAL(ref + sizeof(prefix) - 1, name);
	const json_t *schema = json_object_get(schemas, name);
	CU_ASSERT_EQUAL(json_object_size(json_object_get(schema, "properties")), form->count);
}

static void
describes(const struct route_table *table, const char *title)
{
	json_t *all = export_openapi(table, title, "jieru"), *operation, *item;
	const json_t *paths = json_object_get(all, "paths");
	const char *path, *method;
	size_t operations = 0, once = 0, tokens = 0, bodies = 0, rows[3] = { 0 };

	CU_ASSERT_FALSE(has_hole(all));
	CU_ASSERT_STRING_EQUAL(text(all, "openapi"), "3.1.0");
	CU_ASSERT_STRING_EQUAL(text(json_object_get(all, "info"), "title"), title);
	json_object_foreach((json_t *)(uintptr_t)paths, path, item)
	    json_object_foreach(item, method, operation)
	{
		operations++;
		once += parameters(operation, "header", "Idempotency-Key");
		tokens += parameters(operation, "header", "X-CSRF-Token");
		bodies += json_object_get(operation, "requestBody") != NULL;
		path_is_described(path, operation);
	}
	for (size_t i = 0; i < table->count; i++) {
		const struct route *r = &table->rows[i];

		rows[0] += (r->gates & GATE_ONCE) != 0;
		rows[1] += (r->gates & GATE_CSRF) != 0;
		rows[2] += r->form != NULL;
		item = json_object_get(paths, r->path);
		if (r->form && strcmp(r->method, "POST") == 0)
			body_is_described(all, json_object_get(item, "post"), r->form);
	}
	CU_ASSERT_EQUAL(operations, table->count); /* so no two rows are one */
	CU_ASSERT_TRUE(once == rows[0] && tokens == rows[1] && bodies == rows[2]);
	json_decref(all);
}

static void
every_address_is_described(void)
{
	describes(&routes_public, "Jieru public site");
	describes(&routes_review, "Jieru review site");
}

static void
every_dictionary_can_be_answered(void)
{
	json_t *schema = answer_schema(&dictionaries_answer);
	json_t *lists = json_object_get(schema, "properties");
	size_t count = 0;

	for (const struct dictionary *d = dictionaries; d->name; d++, count++)
		CU_ASSERT_PTR_NOT_NULL(json_object_get(lists, d->name));
	CU_ASSERT_EQUAL(json_object_size(lists), count);
	json_decref(schema);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "the rules leave whole", the_rules_leave_whole },
		{ "the public site holds what may be sent there",
		    the_public_site_holds_what_may_be_sent_there },
		{ "every state has a status people see", every_state_has_a_status_people_see },
		{ "every address is described", every_address_is_described },
		{ "every dictionary can be answered", every_dictionary_can_be_answered },
		CU_TEST_INFO_NULL,
	};

	return run_suite("export", tests);
}
