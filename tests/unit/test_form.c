#include <stdlib.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/http/form.h"
#include "tests/support/suite.h"

/* A form of every kind of field, as no domain has it. */
struct all {
	const char *name, *note, *kind, *detail, *code, *even, *file, *word;
	int64_t count;
	bool agreed, urgent;
	struct text_list ways;
	struct text_list keys;
};

static bool
is_even(const char *text)
{
	return strlen(text) % 2 == 0;
}

static char *
shout(struct arena *arena, const char *text)
{
	return arena_printf(arena, "%s!!", text);
}

static const struct format even = { "even", is_even, shout };
static const struct choice kinds[] = { { "a", "甲", NULL }, { "b", "乙", NULL }, { 0 } };
#define ROW(member, ...) FIELD(struct all, member, .label = #member, .hint = "不对", __VA_ARGS__)

static const struct field rows[] = {
	ROW(name, .required = true, .min = 2, .max = 4),
	ROW(note, .multiline = true, .min = 1, .max = 20),
	ROW(kind, .max = 1, .choices = kinds),
	ROW(detail, .required = true, .min = 1, .max = 9, .asked = { { "kind", { "b" } } }),
	ROW(code, .min = 1, .max = 6, .pattern = "[0-9]+|x"),
	ROW(even, .min = 1, .max = 6, .format = &even),
	ROW(file, .min = 32, .max = 32, .slot = "plan"),
	ROW(word, .min = 1, .max = 8, .secret = true),
	ROW(count, .min = -2, .max = 9),
	ROW(agreed, .min = 1),
	ROW(urgent, .asked = { { "ways", { "a" } }, { "@kind", { "x", "y" } } }),
	ROW(ways, .min = 1, .max = 2, .choices = kinds),
	ROW(keys, .min = 1, .max = 2, .pattern = "[0-9]:[0-9]"),
};
static const struct form form = FORM("all", rows);

static struct arena *arena;
static struct field_errors errors;
static struct all out;

static enum err
read_as(const char *json, const char *variant, enum form_mode mode)
{
	json_error_t why;
	json_t *input = json_loads(json, JSON_DECODE_ANY | JSON_ALLOW_NUL, &why);

	CU_ASSERT_PTR_NOT_NULL_FATAL(input);
	errors.count = 0;
	out = (struct all){ 0 };
	enum err e = form_read(&form, input, variant, mode, arena, &errors, &out);
	json_decref(input);
	return e;
}

static enum err
draft(const char *json)
{
	return read_as(json, "x", FORM_DRAFT);
}

/* Is exactly this one field refused? */
static bool
refuses(const char *json, const char *name)
{
	return draft(json) == ERR_INVALID && errors.count == 1 &&
	       strcmp(errors.list[0].name, name) == 0;
}

static void
lengths_count_characters_not_bytes(void)
{
	CU_ASSERT_EQUAL(draft("{\"name\":\"王小慢慢\"}"), ERR_OK);
	CU_ASSERT_EQUAL(draft("{\"name\":\"𠮷𠮷𠮷𠮷\"}"), ERR_OK);
	CU_ASSERT_TRUE(refuses("{\"name\":\"王小慢慢慢\"}", "name"));
	CU_ASSERT_TRUE(refuses("{\"name\":\"王\"}", "name"));
	CU_ASSERT_STRING_EQUAL(errors.list[0].text, "不对");
}

static void
blanks_at_the_ends_do_not_count(void)
{
	CU_ASSERT_EQUAL(draft("{\"name\":\" \\t\\u3000\\u00a0ab\\r\\n\\u3000 \"}"), ERR_OK);
	CU_ASSERT_STRING_EQUAL(out.name, "ab");
	CU_ASSERT_TRUE(refuses("{\"name\":\"\\u3000a\\u3000\"}", "name"));
	CU_ASSERT_EQUAL(draft("{\"name\":\"a\\u3000b\"}"), ERR_OK);
	CU_ASSERT_EQUAL(draft("{\"word\":\" a \"}"), ERR_OK); /* a password is taken as it is */
	CU_ASSERT_STRING_EQUAL(out.word, " a ");
}

static void
nothing_but_blanks_is_not_given(void)
{
	static const char *const empty[] = { "{}", "{\"name\":null}", "{\"name\":\"\"}",
		"{\"name\":\" \\n\"}", "{\"name\":\"\\u3000\\u3000\"}", "{\"name\":[]}" };

	for (size_t i = 0; i < COUNT(empty); i++) {
		CU_ASSERT_EQUAL(draft(empty[i]), ERR_OK);
		CU_ASSERT_PTR_NULL(out.name);
		CU_ASSERT_EQUAL(read_as(empty[i], NULL, FORM_SUBMIT), ERR_INVALID);
		CU_ASSERT_EQUAL(errors.count, 1);
	}
}

static void
characters_that_hide_or_break_are_refused(void)
{
	static const char *const bad[] = { "\\u0000", "\\u0001", "\\u001b", "\\u007f", "\\u0085",
		"\\u00ad", "\\u200b", "\\u200f", "\\u2028", "\\u2029", "\\u202e", "\\u2060",
		"\\u2066", "\\ufeff", "\\udb40\\udc41", "\\r" };

	for (size_t i = 0; i < COUNT(bad); i++) {
		CU_ASSERT_TRUE(refuses(arena_printf(arena, "{\"name\":\"a%sb\"}", bad[i]), "name"));
		CU_ASSERT_TRUE(refuses(arena_printf(arena, "{\"note\":\"a%sb\"}", bad[i]), "note"));
		CU_ASSERT_TRUE(refuses(arena_printf(arena, "{\"word\":\"a%sb\"}", bad[i]), "word"));
	}
	CU_ASSERT_TRUE(refuses("{\"name\":\"a\\nb\"}", "name"));
	CU_ASSERT_TRUE(refuses("{\"name\":\"ab\\u0000\"}", "name"));
	CU_ASSERT_TRUE(refuses("{\"name\":\"\\u0000\"}", "name"));
}

static void
line_breaks_of_any_browser_are_kept_as_one(void)
{
	CU_ASSERT_EQUAL(draft("{\"note\":\"a\\r\\nb\\tc\\nd\"}"), ERR_OK);
	CU_ASSERT_STRING_EQUAL(out.note, "a\nb\tc\nd");
}

static void
a_condition_sees_the_text_that_is_kept(void)
{
	CU_ASSERT_EQUAL(read_as("{\"name\":\"ab\",\"kind\":\"a\"}", NULL, FORM_SUBMIT), ERR_OK);
	CU_ASSERT_EQUAL(read_as("{\"name\":\"ab\",\"kind\":\"b\"}", NULL, FORM_SUBMIT),
	    ERR_INVALID);
	/* a blank must not switch the required row off */
	CU_ASSERT_EQUAL(read_as("{\"name\":\"ab\",\"kind\":\" b\"}", NULL, FORM_SUBMIT),
	    ERR_INVALID);
	CU_ASSERT_STRING_EQUAL(errors.list[0].name, "detail");
	CU_ASSERT_EQUAL(read_as("{\"name\":\"ab\",\"kind\":\"b \",\"detail\":\"d\"}", NULL,
			    FORM_SUBMIT),
	    ERR_OK);
	CU_ASSERT_STRING_EQUAL(out.kind, "b");
}

static void
what_is_not_asked_may_not_be_given(void)
{
	CU_ASSERT_TRUE(refuses("{\"detail\":\"d\"}", "detail"));
	CU_ASSERT_TRUE(refuses("{\"kind\":\"a\",\"detail\":\"d\"}", "detail"));
	CU_ASSERT_EQUAL(draft("{\"kind\":\"a\",\"detail\":\"\"}"), ERR_OK);
	CU_ASSERT_TRUE(refuses("{\"urgent\":true}", "urgent"));
	CU_ASSERT_TRUE(refuses("{\"ways\":[\"b\"],\"urgent\":true}", "urgent"));
	CU_ASSERT_EQUAL(draft("{\"ways\":[\"b\",\"a\"],\"urgent\":true}"), ERR_OK);
	CU_ASSERT_TRUE(out.urgent);
	CU_ASSERT_EQUAL(read_as("{\"ways\":[\"a\"],\"urgent\":true}", "z", FORM_DRAFT),
	    ERR_INVALID);
	CU_ASSERT_EQUAL(read_as("{\"ways\":[\"a\"],\"urgent\":true}", NULL, FORM_DRAFT),
	    ERR_INVALID);
}

static void
every_type_takes_its_own_only(void)
{
	static const char *const values[] = { "\"ab\"", "1", "1.0", "true", "[\"a\"]", "{}" };
	static const struct {
		const char *name;
		unsigned takes; /* bit i: values[i] */
	} fields[] = { { "name", 1 }, { "count", 2 }, { "agreed", 8 }, { "ways", 16 } };

	for (size_t i = 0; i < 4; i++)
		for (unsigned v = 0; v < 6; v++) {
			const char *json =
			    arena_printf(arena, "{\"%s\":%s}", fields[i].name, values[v]);

			if (fields[i].takes >> v & 1)
				CU_ASSERT_EQUAL(draft(json), ERR_OK)
			else
				CU_ASSERT_TRUE(refuses(json, fields[i].name));
		}
}

static void
limits_are_inclusive(void)
{
	CU_ASSERT_EQUAL(draft("{\"count\":-2}"), ERR_OK);
	CU_ASSERT_EQUAL(draft("{\"count\":9}"), ERR_OK);
	CU_ASSERT_EQUAL(out.count, 9);
	CU_ASSERT_TRUE(refuses("{\"count\":-3}", "count"));
	CU_ASSERT_TRUE(refuses("{\"count\":10}", "count"));
	CU_ASSERT_TRUE(refuses("{\"count\":9223372036854775807}", "count"));
	CU_ASSERT_TRUE(refuses("{\"agreed\":false}", "agreed"));
}

static void
lists_hold_known_codes_once(void)
{
	CU_ASSERT_EQUAL(draft("{\"ways\":[\"b\",\"a\"]}"), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(out.ways.count, 2);
	CU_ASSERT_STRING_EQUAL(out.ways.items[0], "b");
	CU_ASSERT_TRUE(refuses("{\"ways\":[\"a\",\"a\"]}", "ways"));
	CU_ASSERT_TRUE(refuses("{\"ways\":[\"c\"]}", "ways"));
	CU_ASSERT_TRUE(refuses("{\"ways\":[\" a\"]}", "ways"));
	CU_ASSERT_TRUE(refuses("{\"ways\":[null]}", "ways"));
	CU_ASSERT_TRUE(refuses("{\"ways\":[\"a\",\"b\",\"a\"]}", "ways"));
	/* texts of a pattern instead of choices */
	CU_ASSERT_EQUAL(draft("{\"keys\":[\"1:2\",\"3:4\"]}"), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(out.keys.count, 2);
	CU_ASSERT_STRING_EQUAL(out.keys.items[1], "3:4");
	CU_ASSERT_TRUE(refuses("{\"keys\":[\"1:2x\"]}", "keys"));
	CU_ASSERT_TRUE(refuses("{\"keys\":[7]}", "keys"));
	CU_ASSERT_TRUE(refuses("{\"keys\":[\"1:2\\u0000\"]}", "keys"));
}

static void
patterns_and_formats_judge_the_whole_value(void)
{
	CU_ASSERT_EQUAL(draft("{\"code\":\"x\"}"), ERR_OK);
	CU_ASSERT_EQUAL(draft("{\"code\":\"123\"}"), ERR_OK);
	CU_ASSERT_TRUE(refuses("{\"code\":\"1x\"}", "code"));
	CU_ASSERT_TRUE(refuses("{\"code\":\"a1\"}", "code"));
	CU_ASSERT_EQUAL(draft("{\"even\":\"ab\"}"), ERR_OK);
	CU_ASSERT_STRING_EQUAL(out.even, "ab!!");
	CU_ASSERT_TRUE(refuses("{\"even\":\"abc\"}", "even"));
	CU_ASSERT_TRUE(refuses("{\"even\":\"abcdef\"}", "even")); /* too long once normalised */
	CU_ASSERT_EQUAL(draft("{\"file\":\"00112233445566778899aabbccddeeff\"}"), ERR_OK);
	CU_ASSERT_TRUE(refuses("{\"file\":\"00112233445566778899AABBCCDDEEFF\"}", "file"));
	CU_ASSERT_TRUE(refuses("{\"file\":\"../../../../../../../etc/passwd_\"}", "file"));
}

static void
names_nobody_knows_are_echoed_harmlessly(void)
{
	CU_ASSERT_EQUAL(draft("{\"x<b>\\n\\u00e9\":1,\"\":2}"), ERR_INVALID);
	CU_ASSERT_EQUAL_FATAL(errors.count, 2);
	CU_ASSERT_STRING_EQUAL(errors.list[0].name, "x<b>___");
	CU_ASSERT_STRING_EQUAL(errors.list[1].name, "");
	json_t *many = json_object();
	for (int i = 0; i < 1000; i++)
		json_object_set_new(many, arena_printf(arena, "%0100d", i), json_true());
	errors.count = 0;
	CU_ASSERT_EQUAL(form_read(&form, many, NULL, FORM_DRAFT, arena, &errors, &out),
	    ERR_INVALID);
	CU_ASSERT_EQUAL(errors.count, FORM_FIELDS_MAX);
	CU_ASSERT_EQUAL(strlen(errors.list[0].name), 39);
	json_decref(many);
}

static void
only_an_object_is_a_form(void)
{
	static const char *const others[] = { "[]", "null", "1", "\"name\"", "true" };

	for (size_t i = 0; i < COUNT(others); i++)
		CU_ASSERT_EQUAL(draft(others[i]), ERR_BAD_REQUEST);
	CU_ASSERT_EQUAL(form_read(&form, NULL, NULL, FORM_DRAFT, arena, &errors, &out),
	    ERR_BAD_REQUEST);
}

static void
a_later_refusal_takes_the_fields_hint(void)
{
	errors.count = 0;
	CU_ASSERT_EQUAL(form_refuse(&form, &errors, "note", NULL), ERR_INVALID);
	CU_ASSERT_EQUAL(form_refuse(&form, &errors, "name", "另有"), ERR_INVALID);
	CU_ASSERT_STRING_EQUAL(errors.list[0].text, "不对");
	CU_ASSERT_STRING_EQUAL(errors.list[1].text, "另有");
}

static void
what_was_read_is_dumped_again_but_no_secret(void)
{
	static const char *const text =
	    "{\"name\":\"王慢\",\"kind\":\"b\",\"detail\":\"d\",\"count\":-1,\"agreed\":true,"
	    "\"ways\":[\"a\",\"b\"],\"word\":\"geheim\"}";
	json_t *expected = json_loads(text, 0, NULL);

	CU_ASSERT_EQUAL(draft(text), ERR_OK);
	json_t *dumped = form_dump(&form, &out);
	json_object_del(expected, "word");
	CU_ASSERT_TRUE(json_equal(dumped, expected));
	json_decref(dumped);
	json_decref(expected);
}

/* By form_check(), and by form_read() of what form_dump() makes of it: to the same end? */
static bool
judged_alike(const struct all *stored, const char *variant, enum form_mode mode)
{
	struct field_errors read_errors = { .count = 0 };
	struct all checked = { 0 }, read = { 0 };
	json_t *input = form_dump(&form, stored);
	enum err e = form_read(&form, input, variant, mode, arena, &read_errors, &read);

	json_decref(input);
	errors.count = 0;
	if (form_check(&form, stored, variant, mode, arena, &errors, &checked) != e ||
	    errors.count != read_errors.count)
		return false;
	for (size_t i = 0; i < errors.count; i++)
		if (strcmp(errors.list[i].name, read_errors.list[i].name) != 0 ||
		    strcmp(errors.list[i].text, read_errors.list[i].text) != 0)
			return false;
	json_t *one = form_dump(&form, &checked), *other = form_dump(&form, &read);
	bool alike = json_equal(one, other);
	json_decref(one);
	json_decref(other);
	return alike;
}

static void
what_is_stored_is_judged_as_what_arrives(void)
{
	static const char *const ways[] = { "a", "b", "c", "a" }, *const key[] = { "1:2" };
	static const struct all stored[] = {
		{ .name = "王慢" },
		{ .name = " 王慢 ", .note = "a\r\nb" },
		{ .name = "王小慢慢慢", .note = "\x01" },
		{ .name = " ", .kind = "" },
		{ .name = "ab", .kind = "b" },
		{ .name = "ab", .kind = " b ", .detail = "d" },
		{ .name = "ab", .kind = "c" },
		{ .name = "ab", .kind = "a", .detail = "not asked" },
		{ .name = "ab", .code = "12", .even = "ab", .file = "x" },
		{ .name = "ab", .code = "y", .even = "abc" },
		{ .name = "ab", .file = "0123456789abcdef0123456789abcdef" },
		{ .name = "ab", .count = -3 },
		{ .name = "ab", .count = 10, .agreed = true },
		{ .name = "ab", .urgent = true },
		{ .name = "ab", .urgent = true, .ways = { ways, 1 } },
		{ .name = "ab", .ways = { ways + 1, 2 } },
		{ .name = "ab", .ways = { ways, 3 } },
		{ .name = "ab", .ways = { ways + 3, 1 }, .keys = { key, 1 } },
		{ .name = "ab", .keys = { ways, 1 } },
	};
	static const char *const variants[] = { NULL, "x", "z" };

	for (size_t i = 0; i < COUNT(stored); i++)
		for (size_t j = 0; j < COUNT(variants); j++) {
			CU_ASSERT_TRUE(judged_alike(&stored[i], variants[j], FORM_SUBMIT));
			CU_ASSERT_TRUE(judged_alike(&stored[i], variants[j], FORM_DRAFT));
		}
	CU_ASSERT_EQUAL(form_check(&form, &stored[1], NULL, FORM_SUBMIT, arena, &errors, &out),
	    ERR_INVALID); /* errors of before are counted, as form_read() does */
	errors.count = 0;
	CU_ASSERT_EQUAL(form_check(&form, &stored[1], NULL, FORM_SUBMIT, arena, &errors, &out),
	    ERR_OK);
	CU_ASSERT_STRING_EQUAL(out.name, "王慢");
	CU_ASSERT_STRING_EQUAL(out.note, "a\nb");
}

static void
choices_are_found_by_code(void)
{
	CU_ASSERT_STRING_EQUAL(choice_text(kinds, "b"), "乙");
	CU_ASSERT_PTR_NULL(choice_text(kinds, "c"));
	CU_ASSERT_PTR_NULL(choice_text(kinds, NULL));
	CU_ASSERT_PTR_NULL(choice_text(NULL, "a"));
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "lengths count characters, not bytes", lengths_count_characters_not_bytes },
		{ "blanks at the ends do not count", blanks_at_the_ends_do_not_count },
		{ "nothing but blanks is not given", nothing_but_blanks_is_not_given },
		{ "characters that hide or break are refused",
		    characters_that_hide_or_break_are_refused },
		{ "line breaks of any browser are kept as one",
		    line_breaks_of_any_browser_are_kept_as_one },
		{ "a condition sees the text that is kept",
		    a_condition_sees_the_text_that_is_kept },
		{ "what is not asked may not be given", what_is_not_asked_may_not_be_given },
		{ "every type takes its own only", every_type_takes_its_own_only },
		{ "limits are inclusive", limits_are_inclusive },
		{ "lists hold known codes once", lists_hold_known_codes_once },
		{ "patterns and formats judge the whole value",
		    patterns_and_formats_judge_the_whole_value },
		{ "names nobody knows are echoed harmlessly",
		    names_nobody_knows_are_echoed_harmlessly },
		{ "only an object is a form", only_an_object_is_a_form },
		{ "a later refusal takes the field's hint", a_later_refusal_takes_the_fields_hint },
		{ "what was read is dumped again, but no secret",
		    what_was_read_is_dumped_again_but_no_secret },
		{ "what is stored is judged as what arrives",
		    what_is_stored_is_judged_as_what_arrives },
		{ "choices are found by code", choices_are_found_by_code },
		CU_TEST_INFO_NULL,
	};

	arena = arena_new(1 << 20);
	int failed = run_suite("form", tests);
	arena_free(arena);
	return failed;
}
