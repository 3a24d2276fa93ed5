#include <CUnit/Basic.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "handlers/rules/procedure/region.h"

static void
zeros_tell_the_level(void)
{
	CU_ASSERT_EQUAL(region_level("100000"), REGION_NATION);
	CU_ASSERT_EQUAL(region_level("440000"), REGION_PROVINCE);
	CU_ASSERT_EQUAL(region_level("440100"), REGION_PREFECTURE);
	CU_ASSERT_EQUAL(region_level("440106"), REGION_COUNTY);
	CU_ASSERT_EQUAL(region_level("339900"), REGION_PREFECTURE);
	CU_ASSERT_EQUAL(region_level("431199"), REGION_COUNTY);
	CU_ASSERT_EQUAL(region_level("660000"), REGION_PROVINCE);
}

static void
only_six_digits_are_a_code(void)
{
	CU_ASSERT_TRUE(region_code_shaped("440106"));
	CU_ASSERT_FALSE(region_code_shaped(""));
	CU_ASSERT_FALSE(region_code_shaped("44010"));
	CU_ASSERT_FALSE(region_code_shaped("4401066"));
	CU_ASSERT_FALSE(region_code_shaped("44010x"));
}

static void
special_regions_are_known_by_their_code(void)
{
	CU_ASSERT_TRUE(region_is_direct("339900"));
	CU_ASSERT_TRUE(region_is_direct("450199"));
	CU_ASSERT_FALSE(region_is_direct("440106"));
	CU_ASSERT_FALSE(region_is_direct("440000"));
	CU_ASSERT_TRUE(region_in_municipality("110101"));
	CU_ASSERT_TRUE(region_in_municipality("500000"));
	CU_ASSERT_FALSE(region_in_municipality("130100"));
	CU_ASSERT_FALSE(region_in_municipality("100000"));
	CU_ASSERT_TRUE(region_in_corps("660800"));
	CU_ASSERT_FALSE(region_in_corps("659001"));
}

static void
parents_lead_to_the_nation(void)
{
	static const char *const way[] = { "440106", "440100", "440000", "100000" };
	char code[REGION_SIZE] = "440106";

	for (size_t i = 0; i < 3; i++) {
		CU_ASSERT_STRING_EQUAL(code, way[i]);
		CU_ASSERT_TRUE(region_parent(code, code));
	}
	CU_ASSERT_STRING_EQUAL(code, "100000");
	CU_ASSERT_FALSE(region_parent(code, code));
}

static void
prefixes_go_both_ways(void)
{
	static const char *const pairs[][2] = { { "100000", "" }, { "440000", "44" },
		{ "440100", "4401" }, { "419001", "419001" }, { "660800", "6608" } };
	char ret[REGION_SIZE];

	for (size_t i = 0; i < COUNT(pairs); i++) {
		region_prefix(pairs[i][0], ret);
		CU_ASSERT_STRING_EQUAL(ret, pairs[i][1]);
		region_of_prefix(pairs[i][1], ret);
		CU_ASSERT_STRING_EQUAL(ret, pairs[i][0]);
	}
}

static void
regions_nest(void)
{
	CU_ASSERT_TRUE(region_holds("", "440106"));
	CU_ASSERT_TRUE(region_holds("44", "440106"));
	CU_ASSERT_TRUE(region_holds("4401", "440199"));
	CU_ASSERT_TRUE(region_holds("440106", "440106"));
	CU_ASSERT_FALSE(region_holds("4401", "440300"));
	CU_ASSERT_FALSE(region_holds("440106", "440100"));
}

static void
the_chain_follows_the_agreement(void)
{
	static const char *const rows[][3] = {
		{ "440103", "4401", "44" }, /* APP-52: 广州市医疗保障局 */
		{ "440199", "4401", "44" }, /* 市本级 */
		{ "441900", "4419", "44" }, /* a city without counties */
		{ "449900", "44", "44" },   /* 省本级: the province twice */
		{ "110101", "11", "11" },   /* 直辖市: the city twice */
		{ "119900", "11", "11" }, { "500229", "50", "50" }, /* its counties too */
		{ "660800", "6608", "66" },                         /* 兵团 */
		{ "669900", "66", "66" },
		{ "419001", "419001", "41" }, /* run by the province directly */
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct region_chain chain;

		CU_ASSERT_TRUE_FATAL(region_chain(rows[i][0], &chain));
		CU_ASSERT_STRING_EQUAL(chain.local, rows[i][1]);
		CU_ASSERT_STRING_EQUAL(chain.province, rows[i][2]);
	}
}

static void
no_chain_without_an_agreement_region(void)
{
	static const char *const codes[] = { "100000", "440000", "110100", "500200", "419000", "",
		"4401", "44010x" };

	for (size_t i = 0; i < COUNT(codes); i++) {
		struct region_chain chain = { "?", "?" };

		CU_ASSERT_FALSE(region_chain(codes[i], &chain));
		CU_ASSERT_STRING_EQUAL(chain.local, "?");
	}
}

static void
most_counties_have_no_desk(void)
{
	static const char *const desks[] = { "100000", "440000", "660000", "440100", "441900",
		"419001", "660800" };
	static const char *const none[] = { "440106", "440199", "449900", "110100", "110101",
		"500229", "419000" };

	for (size_t i = 0; i < COUNT(desks); i++)
		CU_ASSERT_TRUE(region_has_desk(desks[i]));
	for (size_t i = 0; i < COUNT(none); i++)
		CU_ASSERT_FALSE(region_has_desk(none[i]));
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "zeros tell the level", zeros_tell_the_level },
		{ "only six digits are a code", only_six_digits_are_a_code },
		{ "special regions are known by their code",
		    special_regions_are_known_by_their_code },
		{ "parents lead to the nation", parents_lead_to_the_nation },
		{ "most counties have no desk", most_counties_have_no_desk },
		{ "prefixes go both ways", prefixes_go_both_ways },
		{ "regions nest", regions_nest },
		{ "the chain follows the agreement", the_chain_follows_the_agreement },
		{ "no chain without an agreement region", no_chain_without_an_agreement_region },
		CU_TEST_INFO_NULL,
	};
	static CU_SuiteInfo suites[] = {
		{ .pName = "region", .pTests = tests },
		CU_SUITE_INFO_NULL,
	};

	if (CU_initialize_registry() || CU_register_suites(suites))
		return 2;
	CU_basic_run_tests();
	unsigned failures = CU_get_number_of_failures();
	CU_cleanup_registry();
	return failures != 0;
}
