#include <CUnit/Basic.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "fcgi/base/arena.h"
#include "fcgi/base/array.h"
#include "handlers/rules/check/format.h"
#include "handlers/rules/procedure/date.h"

#define VECTORS "tests/vectors/formats.json"

static struct arena *arena;

static const struct format *const named[] = { &format_uscc, &format_institution_code,
	&format_order_no, &format_auth_code, &format_application_number, &format_date,
	&format_mobile, &format_contact_phone, &format_postcode, &format_email, &format_unit_name,
	&format_account, &format_password };

static const struct format *
find(const char *name)
{
	for (size_t i = 0; i < COUNT(named); i++)
		if (strcmp(named[i]->name, name) == 0)
			return named[i];
	return id_type_format(name);
}

/* One line of the vectors; says which when it is not as it should be. */
static void
judge(const json_t *vector)
{
	const char *name = json_string_value(json_object_get(vector, "format"));
	const char *value = json_string_value(json_object_get(vector, "value"));
	const char *normalised = json_string_value(json_object_get(vector, "normalised"));
	bool valid = json_is_true(json_object_get(vector, "valid"));
	const struct format *format = find(name);

	CU_ASSERT_PTR_NOT_NULL_FATAL(format);
	bool right = format->check(value) == valid;
	if (right && valid && format->normalise)
		right =
		    strcmp(format->normalise(arena, value), normalised ? normalised : value) == 0;
	if (id_type_format(name))
		right = right && id_number_valid(name, value) == valid;
	if (!right)
		printf("\n    %s \"%s\"", name, value);
	CU_ASSERT_TRUE(right);
}

static void
each_vector(void (*deed)(const json_t *vector))
{
	json_error_t error;
	json_t *vectors = json_load_file(VECTORS, 0, &error), *vector;
	size_t i;

	CU_ASSERT_PTR_NOT_NULL_FATAL(vectors);
	json_array_foreach(vectors, i, vector) deed(vector);
	json_decref(vectors);
}

static void
vectors_are_judged_right(void)
{
	each_vector(judge);
}

static bool seen_valid[64], seen_wrong[64];

static void
note(const json_t *vector)
{
	const char *name = json_string_value(json_object_get(vector, "format"));
	bool valid = json_is_true(json_object_get(vector, "valid"));

	for (size_t i = 0; i < COUNT(named); i++)
		if (strcmp(named[i]->name, name) == 0)
			(valid ? seen_valid : seen_wrong)[i] = true;
	for (size_t i = 0; id_type_choices[i].code; i++)
		if (strcmp(id_type_choices[i].code, name) == 0)
			(valid ? seen_valid : seen_wrong)[COUNT(named) + i] = true;
}

static void
every_format_has_vectors_of_both_kinds(void)
{
	size_t count = COUNT(named);

	for (size_t i = 0; id_type_choices[i].code; i++)
		count++;
	each_vector(note);
	for (size_t i = 0; i < count; i++)
		CU_ASSERT_TRUE(seen_valid[i] && seen_wrong[i]);
}

static void
compare_time(const json_t *vector)
{
	const json_t *expected = json_object_get(vector, "unix");
	int64_t unix_seconds = -1;

	if (!expected)
		return;
	CU_ASSERT_TRUE(
	    order_no_time(json_string_value(json_object_get(vector, "value")), &unix_seconds));
	CU_ASSERT_EQUAL(unix_seconds, json_integer_value(expected));
}

static void
an_order_number_tells_its_time(void)
{
	int64_t untouched = 7;

	each_vector(compare_time);
	CU_ASSERT_FALSE(order_no_time("ORD358900202302291433280000125", &untouched));
	CU_ASSERT_EQUAL(untouched, 7);
}

static void
days_change_at_midnight_in_shanghai(void)
{
	CU_ASSERT_EQUAL(date_of(0), 19700101);
	CU_ASSERT_EQUAL(date_of(1657521208), 20220711);
	CU_ASSERT_EQUAL(date_of(1767196799), 20251231);
	CU_ASSERT_EQUAL(date_of(1767196800), 20260101);
	CU_ASSERT_EQUAL(date_begin(20260101), 1767196800);
	for (int64_t day = -60000; day < 60000; day++) { /* 1805 to 2134 */
		int64_t noon = day * 86400 + 4 * 3600;

		CU_ASSERT_TRUE(date_real(date_of(noon)));
		CU_ASSERT_EQUAL(date_begin(date_of(noon)), noon - 12 * 3600);
	}
}

static void
a_date_reads_as_a_number(void)
{
	int64_t day = 7;

	CU_ASSERT_TRUE(date_parse("2026-01-31", &day));
	CU_ASSERT_EQUAL(day, 20260131);
	CU_ASSERT_FALSE(date_parse("2026-02-31", &day));
	CU_ASSERT_EQUAL(day, 20260131);
}

static void
nobody_is_born_tomorrow(void)
{
	CU_ASSERT_TRUE(id_card_born_by("11010519491231002X", 19491231));
	CU_ASSERT_TRUE(id_card_born_by("11010519491231002X", 20260101));
	CU_ASSERT_FALSE(id_card_born_by("11010519491231002X", 19491230));
	CU_ASSERT_FALSE(id_card_born_by("110105194912310021", 20260101));
}

static void
a_number_needs_a_type_that_exists(void)
{
	CU_ASSERT_FALSE(id_number_valid("", "11010519491231002X"));
	CU_ASSERT_FALSE(id_number_valid("uscc", "91350100M000100Y43"));
	CU_ASSERT_PTR_NULL(id_type_format("ID_CARD"));
}

static void
renewed_permits_are_of_one_person(void)
{
	CU_ASSERT_TRUE(id_number_same("hkmo_permit", "H1234567800", "h1234567801"));
	CU_ASSERT_TRUE(id_number_same("hkmo_permit", "H12345678", "H1234567801"));
	CU_ASSERT_FALSE(id_number_same("hkmo_permit", "H12345678", "H12345679"));
	CU_ASSERT_TRUE(id_number_same("id_card", "11010519491231002x", "11010519491231002X"));
	CU_ASSERT_FALSE(id_number_same("tw_permit", "1234567890A", "1234567890B"));
}

static void
common_passwords_are_sorted_and_would_pass_else(void)
{
	static const char *const list[] = {
#define COMMON(password) password,
#include "handlers/rules/check/common_password.def"
#undef COMMON
	};

	CU_ASSERT_TRUE(COUNT(list) > 400);
	for (size_t i = 0; i < COUNT(list); i++) {
		size_t length = strlen(list[i]);

		CU_ASSERT_TRUE(i == 0 || strcmp(list[i - 1], list[i]) < 0);
		CU_ASSERT_TRUE(length >= 8 && length <= 16);
		CU_ASSERT_TRUE(strpbrk(list[i], "0123456789") != NULL);
		CU_ASSERT_TRUE(strpbrk(list[i], "abcdefghijklmnopqrstuvwxyz") != NULL);
		CU_ASSERT_FALSE(format_password.check(list[i]));
	}
}

static void
upper_case_changes_letters_only(void)
{
	char text[] = "ord-x9é";

	CU_ASSERT_PTR_EQUAL(format_upper(text), text);
	CU_ASSERT_STRING_EQUAL(text, "ORD-X9é");
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "vectors are judged right", vectors_are_judged_right },
		{ "every format has vectors of both kinds",
		    every_format_has_vectors_of_both_kinds },
		{ "an order number tells its time", an_order_number_tells_its_time },
		{ "days change at midnight in Shanghai", days_change_at_midnight_in_shanghai },
		{ "a date reads as a number", a_date_reads_as_a_number },
		{ "nobody is born tomorrow", nobody_is_born_tomorrow },
		{ "a number needs a type that exists", a_number_needs_a_type_that_exists },
		{ "renewed permits are of one person", renewed_permits_are_of_one_person },
		{ "common passwords are sorted and would pass else",
		    common_passwords_are_sorted_and_would_pass_else },
		{ "upper case changes letters only", upper_case_changes_letters_only },
		CU_TEST_INFO_NULL,
	};
	static CU_SuiteInfo suites[] = {
		{ .pName = "format", .pTests = tests },
		CU_SUITE_INFO_NULL,
	};

	arena = arena_new(1 << 20);
	if (CU_initialize_registry() || CU_register_suites(suites))
		return 2;
	CU_basic_run_tests();
	unsigned failures = CU_get_number_of_failures();
	CU_cleanup_registry();
	arena_free(arena);
	return failures != 0;
}
