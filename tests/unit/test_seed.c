#include <CUnit/Basic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "handlers/rules/check/format.h"
#include "handlers/rules/procedure/date.h"
#include "handlers/rules/procedure/region.h"
#include "handlers/rules/table/dictionary.h"

/* The files deploy/seed loads, held to the rules they were made for. */

#define CELLS 7

struct row {
	char cell[CELLS][100];
};

struct table {
	const char *path;
	struct row row[4000];
	size_t count;
};

static struct table regions = { .path = "sql/seed/region.csv" };
static struct table bureaus = { .path = "sql/seed/bureau.csv" };
static struct table channels = { .path = "sql/seed/official_channel.csv" };
static struct table institutions = { .path = "sql/seed/demo/institution.csv" };
static struct table staff = { .path = "sql/seed/demo/staff.csv" };

enum { REGION_NAME = 1, REGION_LEVEL, REGION_PARENT, REGION_KIND };
enum { BUREAU_NAME = 1, BUREAU_PREFIX = 3 };
enum { PLACE_REGION = 2, PLACE_USCC, PLACE_START, PLACE_END };
enum { CHANNEL_OF = 2 };
enum { STAFF_BUREAU = 2, STAFF_PASSWORD };

/* Rows below the heading; comments start with #, and no cell is quoted. */
static void
load(struct table *table)
{
	FILE *file = fopen(table->path, "r");
	char line[512];
	bool heading = true;

	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	while (fgets(line, sizeof(line), file)) {
		char *rest = line, *cell;

		line[strcspn(line, "\n")] = '\0';
		if (*line == '#' || *line == '\0')
			continue;
		if (heading) {
			heading = false;
			continue;
		}
		CU_ASSERT_FATAL(table->count < COUNT(table->row));
		struct row *row = &table->row[table->count++];
		for (size_t i = 0; i < CELLS && (cell = strsep(&rest, ",")); i++)
			snprintf(row->cell[i], sizeof(row->cell[i]), "%s", cell);
	}
	fclose(file);
	CU_ASSERT_TRUE(table->count > 0);
}

/* The first row that has `text` in that column; NULL when there is none. */
static const struct row *
find(const struct table *table, size_t column, const char *text)
{
	for (size_t i = 0; i < table->count; i++)
		if (strcmp(table->row[i].cell[column], text) == 0)
			return &table->row[i];
	return NULL;
}

static size_t
count(const struct table *table, size_t column, const char *text)
{
	size_t found = 0;

	for (size_t i = 0; i < table->count; i++)
		found += strcmp(table->row[i].cell[column], text) == 0;
	return found;
}

static void
the_files_can_be_read(void)
{
	load(&regions);
	load(&bureaus);
	load(&channels);
	load(&institutions);
	load(&staff);
}

static void
the_region_table_says_what_codes_say(void)
{
	size_t of_kind[4] = { 0 };

	for (size_t i = 0; i < regions.count; i++) {
		const struct row *r = &regions.row[i];
		const char *code = r->cell[0];
		int kind = atoi(r->cell[REGION_KIND]);
		char parent[REGION_SIZE] = "";

		CU_ASSERT_TRUE(region_code_shaped(code));
		CU_ASSERT_TRUE(strlen(r->cell[REGION_NAME]) > 0);
		CU_ASSERT_EQUAL((int)region_level(code), atoi(r->cell[REGION_LEVEL]));
		CU_ASSERT_EQUAL(region_is_direct(code), kind == REGION_DIRECT);
		CU_ASSERT_TRUE(
		    region_parent(code, parent) || strcmp(code, REGION_NATION_CODE) == 0);
		CU_ASSERT_STRING_EQUAL(r->cell[REGION_PARENT], parent);
		CU_ASSERT_TRUE(*parent == '\0' || find(&regions, 0, parent));
		CU_ASSERT_PTR_EQUAL(find(&regions, 0, code), r);
		of_kind[kind]++;
	}
	/* 31 provinces, 333 prefectures, 2,849 counties; the nation, the 兵团, its 14 师市 */
	CU_ASSERT_EQUAL(of_kind[REGION_AREA], 31 + 333 + 2849 + 1 + 1 + 14);
	CU_ASSERT_EQUAL(of_kind[REGION_PLACEHOLDER], 9);
}

static const struct row *
bureau_of_prefix(const char *prefix)
{
	return find(&bureaus, BUREAU_PREFIX, prefix);
}

static void
every_region_one_can_choose_has_its_bureaus(void)
{
	for (size_t i = 0; i < regions.count; i++) {
		const char *code = regions.row[i].cell[0];
		struct region_chain chain;

		if (find(&regions, REGION_PARENT, code))
			continue; /* not a leaf */
		CU_ASSERT_NOT_EQUAL(atoi(regions.row[i].cell[REGION_KIND]), REGION_PLACEHOLDER);
		CU_ASSERT_TRUE_FATAL(region_chain(code, &chain));
		CU_ASSERT_PTR_NOT_NULL(bureau_of_prefix(chain.local));
		CU_ASSERT_PTR_NOT_NULL(bureau_of_prefix(chain.province));
		CU_ASSERT_TRUE(region_holds(chain.local, code));
	}
}

static void
every_bureau_has_its_region(void)
{
	for (size_t i = 0; i < bureaus.count; i++) {
		const struct row *b = &bureaus.row[i];
		char prefix[REGION_SIZE];

		CU_ASSERT_PTR_NOT_NULL(find(&regions, 0, b->cell[0]));
		region_prefix(b->cell[0], prefix);
		CU_ASSERT_STRING_EQUAL(b->cell[BUREAU_PREFIX], prefix);
		CU_ASSERT_PTR_EQUAL(bureau_of_prefix(prefix), b);
	}
	CU_ASSERT_STRING_EQUAL(bureau_of_prefix("4401")->cell[BUREAU_NAME], "广州市医疗保障局");
	CU_ASSERT_STRING_EQUAL(bureau_of_prefix("")->cell[BUREAU_NAME], "国家医疗保障局");
	CU_ASSERT_STRING_EQUAL(bureau_of_prefix("15")->cell[BUREAU_NAME], "内蒙古自治区医疗保障局");
}

static void
every_channel_offers_something_official(void)
{
	for (size_t i = 0; i < channels.count; i++) {
		const struct row *c = &channels.row[i];

		CU_ASSERT_PTR_EQUAL(find(&channels, 0, c->cell[0]), c);
		CU_ASSERT_PTR_NOT_NULL(choice_text(channel_choices, c->cell[CHANNEL_OF]));
	}
	for (size_t i = 0; channel_choices[i].code; i++)
		CU_ASSERT_PTR_NOT_NULL(find(&channels, CHANNEL_OF, channel_choices[i].code));
}

static void
the_demo_catalogue_is_sound(void)
{
	for (size_t i = 0; i < institutions.count; i++) {
		const struct row *r = &institutions.row[i];
		int64_t start, end;
		struct region_chain chain;

		CU_ASSERT_TRUE(format_institution_code.check(r->cell[0]));
		CU_ASSERT_TRUE(format_uscc.check(r->cell[PLACE_USCC]));
		CU_ASSERT_PTR_NOT_NULL(find(&regions, 0, r->cell[PLACE_REGION]));
		CU_ASSERT_TRUE(region_chain(r->cell[PLACE_REGION], &chain));
		CU_ASSERT_TRUE(date_parse(r->cell[PLACE_START], &start));
		CU_ASSERT_TRUE(date_parse(r->cell[PLACE_END], &end));
		CU_ASSERT_TRUE(start < end);
		for (size_t j = 0; j < i; j++)
			CU_ASSERT_FALSE(strcmp(institutions.row[j].cell[0], r->cell[0]) == 0 &&
					strcmp(institutions.row[j].cell[PLACE_REGION],
					    r->cell[PLACE_REGION]) == 0);
	}
	CU_ASSERT_TRUE(institutions.count >= 30);
}

static void
the_demo_catalogue_has_branches(void)
{
	const char *hospital = find(&institutions, 0, "H44010600101")->cell[PLACE_USCC];
	const char *chain = find(&institutions, 0, "P44010300105")->cell[PLACE_USCC];
	const char *one_place = find(&institutions, 0, "H44010300104")->cell[PLACE_USCC];

	CU_ASSERT_EQUAL(count(&institutions, PLACE_USCC, hospital), 3);
	CU_ASSERT_TRUE(count(&institutions, PLACE_USCC, chain) >= 4);
	CU_ASSERT_EQUAL(count(&institutions, PLACE_USCC, one_place), 1);
}

static void
demo_officers_can_sign_in(void)
{
	for (size_t i = 0; i < staff.count; i++) {
		const struct row *s = &staff.row[i];

		CU_ASSERT_TRUE(format_account.check(s->cell[0]));
		CU_ASSERT_TRUE(format_password.check(s->cell[STAFF_PASSWORD]));
		CU_ASSERT_PTR_NOT_NULL(find(&bureaus, 0, s->cell[STAFF_BUREAU]));
		CU_ASSERT_PTR_EQUAL(find(&staff, 0, s->cell[0]), s);
	}
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "the files can be read", the_files_can_be_read },
		{ "the region table says what codes say", the_region_table_says_what_codes_say },
		{ "every region one can choose has its bureaus",
		    every_region_one_can_choose_has_its_bureaus },
		{ "every bureau has its region", every_bureau_has_its_region },
		{ "every channel offers something official",
		    every_channel_offers_something_official },
		{ "the demo catalogue is sound", the_demo_catalogue_is_sound },
		{ "the demo catalogue has branches", the_demo_catalogue_has_branches },
		{ "demo officers can sign in", demo_officers_can_sign_in },
		CU_TEST_INFO_NULL,
	};
	static CU_SuiteInfo suites[] = {
		{ .pName = "seed", .pTests = tests },
		CU_SUITE_INFO_NULL,
	};

	if (CU_initialize_registry() || CU_register_suites(suites))
		return 2;
	CU_basic_run_tests();
	unsigned failures = CU_get_number_of_failures();
	CU_cleanup_registry();
	return failures != 0;
}
