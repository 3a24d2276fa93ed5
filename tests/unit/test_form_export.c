#include <string.h>

#include "fcgi/http/form_export.h"
#include "tests/support/suite.h"

struct thing {
	const char *name, *kind, *plan, *note, *born;
	int64_t count;
	bool agreed;
	struct text_list ways;
};

static const struct format date = { "date", NULL, NULL };
static const struct choice kinds[] = { { "a", "甲", "先" }, { "b", "乙", NULL }, { 0 } };
#define ROW(member, ...) FIELD(struct thing, member, .hint = "请填写", __VA_ARGS__)

static const struct field rows[] = {
	ROW(name, .label = "姓名", .required = true, .min = 2, .max = 5, .pattern = "a|b",
	    .pii = true, .placeholder = "请输入", .help = "旁注", .autocomplete = "name"),
	ROW(kind, .label = "类", .required = true, .max = 1, .choices = kinds,
	    .asked = { { "agreed", { "true" } }, { "@kind", { "x", "y" } } }),
	ROW(plan, .label = "方案", .min = 32, .max = 32, .slot = "plan"),
	ROW(note, .label = "备注", .max = 9, .multiline = true, .secret = true),
	ROW(born, .max = 10, .format = &date, .control = "date"),
	ROW(count, .label = "数", .min = 1, .max = INT64_MAX),
	ROW(agreed, .label = "同意", .min = 1),
	ROW(ways, .label = "途径", .min = 1, .max = 2, .choices = kinds),
};
static const struct form form = FORM("thing", rows);

/* Is the member `path` of `all` what this text says? */
static bool
is(const json_t *all, const char *name, const char *expected)
{
	json_t *want = json_loads(expected, JSON_DECODE_ANY, NULL);
	bool same = json_equal(json_object_get(all, name), want);

	json_decref(want);
	return same;
}

static void
every_row_reaches_the_browser_in_order(void)
{
	json_t *all = form_export(&form), *fields = json_object_get(all, "fields"), *f;
	size_t i;

	CU_ASSERT_TRUE(is(all, "name", "\"thing\""));
	CU_ASSERT_EQUAL_FATAL(json_array_size(fields), form.count);
	json_array_foreach(fields, i, f)
	{
		CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(f, "name")), rows[i].name);
		CU_ASSERT_TRUE(is(f, "hint", "\"请填写\""));
	}
	f = json_array_get(fields, 0);
	CU_ASSERT_TRUE(is(f, "label", "\"姓名\"") && is(f, "required", "true"));
	CU_ASSERT_TRUE(is(f, "pii", "true") && is(f, "secret", "false"));
	CU_ASSERT_TRUE(is(f, "min", "2") && is(f, "max", "5") && is(f, "pattern", "\"a|b\""));
	CU_ASSERT_TRUE(is(f, "placeholder", "\"请输入\"") && is(f, "help", "\"旁注\""));
	CU_ASSERT_TRUE(is(f, "autocomplete", "\"name\"") && is(f, "asked", "[]"));
	CU_ASSERT_PTR_NULL(json_object_get(f, "choices"));
	f = json_array_get(fields, 5);
	CU_ASSERT_TRUE(is(f, "max", "9223372036854775807"));
	json_decref(all);
}

static void
the_control_follows_from_the_type(void)
{
	static const char *const controls[] = { "text", "select", "file", "textarea", "date",
		"text", "checkbox", "checkboxes" };
	static const char *const types[] = { "text", "text", "file", "text", "text", "integer",
		"bool", "list" };
	json_t *all = form_export(&form), *f;
	size_t i;

	json_array_foreach(json_object_get(all, "fields"), i, f)
	{
		CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(f, "control")),
		    controls[i]);
		CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(f, "type")), types[i]);
	}
	json_decref(all);
}

static void
conditions_and_choices_come_along(void)
{
	json_t *all = form_export(&form), *f = json_array_get(json_object_get(all, "fields"), 1);

	CU_ASSERT_TRUE(is(f, "asked",
	    "[{\"field\":\"agreed\",\"in\":[\"true\"]},{\"field\":\"@kind\",\"in\":[\"x\",\"y\"]}"
	    "]"));
	CU_ASSERT_TRUE(is(f, "choices",
	    "[{\"code\":\"a\",\"text\":\"甲\",\"hint\":\"先\"},{\"code\":\"b\",\"text\":\"乙\"}]"));
	json_decref(all);
}

static void
the_schema_says_what_a_body_may_hold(void)
{
	json_t *schema = form_schema(&form), *p = json_object_get(schema, "properties");
	const json_t *f = json_object_get(p, "name");

	CU_ASSERT_TRUE(is(schema, "type", "\"object\""));
	CU_ASSERT_TRUE(is(schema, "additionalProperties", "false"));
	/* `kind` is required too, but asked only sometimes */
	CU_ASSERT_TRUE(is(schema, "required", "[\"name\"]"));
	CU_ASSERT_EQUAL(json_object_size(p), form.count);
	CU_ASSERT_TRUE(is(f, "minLength", "2") && is(f, "maxLength", "5"));
	CU_ASSERT_TRUE(is(f, "pattern", "\"^(a|b)$\""));
	CU_ASSERT_TRUE(is(json_object_get(p, "kind"), "enum", "[\"a\",\"b\"]"));
	CU_ASSERT_TRUE(is(json_object_get(p, "plan"), "pattern", "\"^[0-9a-f]{32}$\""));
	CU_ASSERT_TRUE(is(json_object_get(p, "born"), "format", "\"date\""));
	f = json_object_get(p, "count");
	CU_ASSERT_TRUE(is(f, "type", "\"integer\"") && is(f, "minimum", "1"));
	CU_ASSERT_TRUE(is(json_object_get(p, "agreed"), "type", "\"boolean\""));
	f = json_object_get(p, "ways");
	CU_ASSERT_TRUE(is(f, "minItems", "1") && is(f, "maxItems", "2"));
	CU_ASSERT_TRUE(is(f, "items", "{\"type\":\"string\",\"enum\":[\"a\",\"b\"]}"));
	CU_ASSERT_PTR_NULL(json_object_get(f, "enum"));
	json_decref(schema);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "every row reaches the browser, in order",
		    every_row_reaches_the_browser_in_order },
		{ "the control follows from the type", the_control_follows_from_the_type },
		{ "conditions and choices come along", conditions_and_choices_come_along },
		{ "the schema says what a body may hold", the_schema_says_what_a_body_may_hold },
		CU_TEST_INFO_NULL,
	};

	return run_suite("form_export", tests);
}
