/* What the sandbox takes, and the code that diagnoses show. */
#include <string.h>

#include "fcgi/base/array.h"
#include "handlers/rules/table/sandbox.h"
#include "handlers/selftest/sample.h"
#include "tests/support/suite.h"

static void
amounts_are_yuan_with_two_decimals(void)
{
	static const struct {
		const char *text;
		int64_t fen; /* 0: refused */
	} cases[] = { { "12.50", 1250 }, { "12.5", 1250 }, { "12", 1200 }, { "0.01", 1 },
		{ "999999999.99", 99999999999 }, { "0", 0 }, { "0.00", 0 }, { "", 0 }, { ".5", 0 },
		{ "1.", 0 }, { "1.234", 0 }, { "-1", 0 }, { "+1", 0 }, { "1e3", 0 }, { " 1", 0 },
		{ "1 ", 0 }, { "1.5x", 0 }, { "1000000000", 0 } };

	for (size_t i = 0; i < COUNT(cases); i++) {
		CU_ASSERT_EQUAL(sandbox_amount(cases[i].text), cases[i].fen);
		CU_ASSERT_EQUAL(sandbox_value_ok(SANDBOX_TYPE_AMOUNT, cases[i].text),
		    cases[i].fen > 0);
	}
}

static void
values_are_of_their_type(void)
{
	static const struct {
		enum sandbox_type type;
		const char *text;
		bool ok;
	} cases[] = { { SANDBOX_TYPE_NUMBER, "a-Z_9", true }, { SANDBOX_TYPE_NUMBER, "", false },
		{ SANDBOX_TYPE_NUMBER, "a b", false },
		{ SANDBOX_TYPE_NUMBER, "0123456789012345678901234567890123456789", true },
		{ SANDBOX_TYPE_NUMBER, "01234567890123456789012345678901234567890", false },
		{ SANDBOX_TYPE_ORG, "H44010300001", true },
		{ SANDBOX_TYPE_ORG, "P44010300001", true },
		{ SANDBOX_TYPE_ORG, "h44010300001", false },
		{ SANDBOX_TYPE_ORG, "H4401030000", false }, { SANDBOX_TYPE_ORG, "", false },
		{ SANDBOX_TYPE_ORDER, "ORD358900202207111433280000125", true },
		{ SANDBOX_TYPE_ORDER, "ord358900202207111433280000125", false },
		{ SANDBOX_TYPE_ORDER, "ORD35890020220711143328000012", false },
		{ SANDBOX_TYPE_ORDER, "OR", false }, { SANDBOX_TYPE_STATE, "PAID", false } };

	for (size_t i = 0; i < COUNT(cases); i++)
		CU_ASSERT_EQUAL(sandbox_value_ok(cases[i].type, cases[i].text), cases[i].ok);
}

static void
every_sample_is_there_in_every_language(void)
{
	struct arena *arena = arena_new((size_t)1 << 20);

	for (enum sample s = 0; s < SAMPLE_COUNT; s++)
		for (enum sample_language l = 0; l < SAMPLE_LANGUAGE_COUNT; l++) {
			const char *text = sample_code(arena, s, l);

			CU_ASSERT_TRUE(strlen(text) > 100 && text[strlen(text) - 1] == '\n');
			CU_ASSERT_PTR_NULL(strstr(text, "sample: "));
			CU_ASSERT_PTR_NULL(strstr(text, "end of sample"));
			CU_ASSERT_PTR_NULL(strchr(" \t\n", *text));
		}
	arena_free(arena);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "amounts are yuan with two decimals", amounts_are_yuan_with_two_decimals },
		{ "values are of their type", values_are_of_their_type },
		{ "every sample is there in every language",
		    every_sample_is_there_in_every_language },
		CU_TEST_INFO_NULL,
	};

	return run_suite("sandbox_rules", tests);
}
