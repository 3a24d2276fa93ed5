#include <CUnit/Basic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "handlers/rules/region.h"

#define REGIONS_FILE "sql/seed/region.csv"
#define BUREAUS_FILE "sql/seed/bureau.csv"
#define CHANNELS_FILE "sql/seed/official_channel.csv"

struct row {
	char cell[6][96];
};

static struct row regions[4000], bureaus[500], channels[200];
static size_t nregions, nbureaus, nchannels;

/* The rows below the heading; no quotes are used in these files. */
static size_t
load(const char *path, struct row *rows, size_t max)
{
	FILE *file = fopen(path, "r");
	char line[512];
	size_t count = 0;

	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	CU_ASSERT_PTR_NOT_NULL_FATAL(fgets(line, sizeof(line), file));
	while (fgets(line, sizeof(line), file)) {
		char *rest = line, *cell;

		line[strcspn(line, "\n")] = '\0';
		CU_ASSERT_FATAL(count < max);
		for (size_t i = 0; i < 6 && (cell = strsep(&rest, ",")); i++)
			snprintf(rows[count].cell[i], sizeof(rows[count].cell[i]), "%s", cell);
		count++;
	}
	fclose(file);
	return count;
}

static const struct row *
find(const struct row *rows, size_t count, const char *code)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(rows[i].cell[0], code) == 0)
			return &rows[i];
	return NULL;
}

static const struct row *
bureau_of_prefix(const char *prefix)
{
	for (size_t i = 0; i < nbureaus; i++)
		if (strcmp(bureaus[i].cell[3], prefix) == 0)
			return &bureaus[i];
	return NULL;
}

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

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
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
		{ "440103", "4401", "44" }, /* 图47: 广州市医疗保障局 */
		{ "440199", "4401", "44" }, /* 市本级 */
		{ "441900", "4419", "44" }, /* a city without counties */
		{ "449900", "44", "44" },   /* 省本级: the province twice */
		{ "110101", "11", "11" },   /* 直辖市: the city twice */
		{ "119900", "11", "11" }, { "500229", "50", "50" }, /* its counties too */
		{ "660800", "6608", "66" },                         /* 兵团 */
		{ "669900", "66", "66" },
		{ "419001", "419001", "41" }, /* run by the province directly */
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
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

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		struct region_chain chain = { "?", "?" };

		CU_ASSERT_FALSE(region_chain(codes[i], &chain));
		CU_ASSERT_STRING_EQUAL(chain.local, "?");
	}
}

static void
the_region_table_says_what_codes_say(void)
{
	size_t of_kind[4] = { 0 };

	for (size_t i = 0; i < nregions; i++) {
		const char *const code = regions[i].cell[0];
		int kind = atoi(regions[i].cell[4]);
		char parent[REGION_SIZE] = "";

		CU_ASSERT_TRUE(region_code_shaped(code));
		CU_ASSERT_TRUE(strlen(regions[i].cell[1]) > 0);
		CU_ASSERT_EQUAL((int)region_level(code), atoi(regions[i].cell[2]));
		CU_ASSERT_EQUAL(region_is_direct(code), kind == REGION_DIRECT);
		region_parent(code, parent);
		CU_ASSERT_STRING_EQUAL(regions[i].cell[3], parent);
		CU_ASSERT_TRUE(*parent == '\0' || find(regions, nregions, parent));
		CU_ASSERT_PTR_EQUAL(find(regions, nregions, code), &regions[i]);
		of_kind[kind]++;
	}
	/* 31 provinces, 333 prefectures, 2,849 counties; the nation, the 兵团, its 14 师市 */
	CU_ASSERT_EQUAL(of_kind[REGION_AREA], 31 + 333 + 2849 + 1 + 1 + 14);
	CU_ASSERT_EQUAL(of_kind[REGION_PLACEHOLDER], 9);
}

static bool
has_children(const char *code)
{
	for (size_t i = 0; i < nregions; i++)
		if (strcmp(regions[i].cell[3], code) == 0)
			return true;
	return false;
}

static void
every_region_one_can_choose_has_its_bureaus(void)
{
	for (size_t i = 0; i < nregions; i++) {
		const char *const code = regions[i].cell[0];
		struct region_chain chain;

		if (has_children(code))
			continue;
		CU_ASSERT_NOT_EQUAL(atoi(regions[i].cell[4]), REGION_PLACEHOLDER);
		CU_ASSERT_TRUE_FATAL(region_chain(code, &chain));
		CU_ASSERT_PTR_NOT_NULL(bureau_of_prefix(chain.local));
		CU_ASSERT_PTR_NOT_NULL(bureau_of_prefix(chain.province));
		CU_ASSERT_TRUE(region_holds(chain.local, code));
	}
}

static void
every_bureau_has_its_region(void)
{
	for (size_t i = 0; i < nbureaus; i++) {
		const struct row *b = &bureaus[i];
		char prefix[REGION_SIZE];

		CU_ASSERT_PTR_NOT_NULL(find(regions, nregions, b->cell[0]));
		region_prefix(b->cell[0], prefix);
		CU_ASSERT_STRING_EQUAL(b->cell[3], prefix);
		CU_ASSERT_PTR_EQUAL(bureau_of_prefix(prefix), b);
	}
	CU_ASSERT_STRING_EQUAL(find(bureaus, nbureaus, "440100")->cell[1], "广州市医疗保障局");
	CU_ASSERT_STRING_EQUAL(find(bureaus, nbureaus, "100000")->cell[1], "国家医疗保障局");
}

static void
channels_have_different_codes(void)
{
	for (size_t i = 0; i < nchannels; i++)
		CU_ASSERT_PTR_EQUAL(find(channels, nchannels, channels[i].cell[0]), &channels[i]);
}

static void
the_files_can_be_read(void)
{
	nregions = load(REGIONS_FILE, regions, sizeof(regions) / sizeof(regions[0]));
	nbureaus = load(BUREAUS_FILE, bureaus, sizeof(bureaus) / sizeof(bureaus[0]));
	nchannels = load(CHANNELS_FILE, channels, sizeof(channels) / sizeof(channels[0]));
	CU_ASSERT_TRUE(nregions > 0 && nbureaus > 0 && nchannels > 0);
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
		{ "prefixes go both ways", prefixes_go_both_ways },
		{ "regions nest", regions_nest },
		{ "the chain follows the agreement", the_chain_follows_the_agreement },
		{ "no chain without an agreement region", no_chain_without_an_agreement_region },
		{ "the files can be read", the_files_can_be_read },
		{ "the region table says what codes say", the_region_table_says_what_codes_say },
		{ "every region one can choose has its bureaus",
		    every_region_one_can_choose_has_its_bureaus },
		{ "every bureau has its region", every_bureau_has_its_region },
		{ "channels have different codes", channels_have_different_codes },
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
