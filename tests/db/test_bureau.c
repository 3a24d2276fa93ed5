#include <string.h>

#include "handlers/rules/procedure/region.h"
#include "handlers/rules/table/kinds.h"
#include "sql/account/staff.h"
#include "sql/catalogue/bureau.h"
#include "sql/catalogue/region.h"
#include "tests/support/database.h"
#include "tests/support/people.h"

#define NOW INT64_C(1700000000)

/* A few rows of the real tables, where `deploy/seed` has not loaded them all. */
static enum err
seed(void)
{
	SQL_TX(tx, db);
	TRY(sql_exec(&tx,
	    "INSERT IGNORE INTO region (code, name, level, parent, kind, position) VALUES"
	    " ('100000', '全国', 1, NULL, 1, 1), ('110000', '北京市', 2, '100000', 1, 1),"
	    " ('110100', '市辖区', 3, '110000', 3, 2), ('110101', '东城区', 4, '110100', 1, 1),"
	    " ('440000', '广东省', 2, '100000', 1, 19), ('440100', '广州市', 3, '440000', 1, 2),"
	    " ('440106', '天河区', 4, '440100', 1, 3)",
	    NO_ARGS, NULL));
	TRY(sql_exec(&tx,
	    "INSERT IGNORE INTO bureau (region_code, name, level, prefix) VALUES"
	    " ('100000', '国家医疗保障局', 1, ''), ('110000', '北京市医疗保障局', 2, '11'),"
	    " ('440000', '广东省医疗保障局', 2, '44'), ('440100', '广州市医疗保障局', 3, '4401')",
	    NO_ARGS, NULL));
	return sql_commit(&tx);
}

static const char *
full_name(const char *code)
{
	const char *name = NULL;

	CU_ASSERT_EQUAL_FATAL(region_full_name(db, arena, code, &name), ERR_OK);
	const char *const codes[] = { "110101", code, "999999", code };
	const char *names[4];
	CU_ASSERT_EQUAL_FATAL(region_full_names(db, arena, codes, 4, names), ERR_OK);
	CU_ASSERT_STRING_EQUAL(names[0], "北京市东城区");
	CU_ASSERT_STRING_EQUAL(names[1], name); /* the same alone and among others */
	CU_ASSERT_STRING_EQUAL(names[2], "999999");
	CU_ASSERT_STRING_EQUAL(names[3], name);
	return name;
}

static void
regions_read_as_people_say_them(void)
{
	struct region r;

	CU_ASSERT_EQUAL_FATAL(seed(), ERR_OK);
	CU_ASSERT_STRING_EQUAL(full_name("440106"), "广东省广州市天河区");
	CU_ASSERT_STRING_EQUAL(full_name("440000"), "广东省");
	CU_ASSERT_STRING_EQUAL(full_name("110101"), "北京市东城区");
	CU_ASSERT_STRING_EQUAL(full_name("999999"), "999999");
	CU_ASSERT_EQUAL_FATAL(region_get(db, arena, "440106", &r), ERR_OK);
	CU_ASSERT_TRUE(r.leaf);
	CU_ASSERT_EQUAL(r.level, REGION_COUNTY);
	CU_ASSERT_EQUAL_FATAL(region_get(db, arena, "440100", &r), ERR_OK);
	CU_ASSERT_FALSE(r.leaf);
}

static void
regions_list_what_lies_below(void)
{
	const struct region *list;
	size_t count;
	bool found = false;

	CU_ASSERT_EQUAL_FATAL(seed(), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(region_list(db, arena, "440000", &list, &count), ERR_OK);
	for (size_t i = 0; i < count; i++)
		found = found || strcmp(list[i].code, "440100") == 0;
	CU_ASSERT_TRUE(found);
	CU_ASSERT_EQUAL_FATAL(region_list(db, arena, "440106", &list, &count), ERR_OK);
	CU_ASSERT_EQUAL(count, 0);
}

static void
an_application_crosses_three_desks(void)
{
	struct bureau_chain chain;

	CU_ASSERT_EQUAL_FATAL(seed(), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(bureau_chain(db, arena, "440106", &chain), ERR_OK);
	CU_ASSERT_STRING_EQUAL(chain.local.name, "广州市医疗保障局");
	CU_ASSERT_STRING_EQUAL(chain.province.name, "广东省医疗保障局");
	CU_ASSERT_STRING_EQUAL(chain.nation.name, "国家医疗保障局");
	CU_ASSERT_EQUAL_FATAL(bureau_chain(db, arena, "110101", &chain), ERR_OK);
	CU_ASSERT_EQUAL(chain.local.id, chain.province.id);
	CU_ASSERT_EQUAL(bureau_chain(db, arena, "440000", &chain), ERR_NOT_FOUND);
}

static enum err
put(const struct staff *s)
{
	SQL_TX(tx, db);
	TRY(staff_put(&tx, s));
	return sql_commit(&tx);
}

static enum err
set_password(int64_t id)
{
	SQL_TX(tx, db);
	TRY(staff_set_password(&tx, id, "chosen", NOW));
	return sql_commit(&tx);
}

static void
staff_are_made_once_and_then_changed(void)
{
	struct bureau bureau;
	struct staff s = { .name = "黎海珊",
		.password = "a",
		.role = ROLE_OFFICER,
		.must_change = true,
		.created_at = NOW },
		     found;
	const struct staff *list;
	size_t count;

	CU_ASSERT_EQUAL_FATAL(seed(), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(bureau_by_region(db, arena, "440100", &bureau), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(bureau_get(db, arena, bureau.id, &bureau), ERR_OK);
	s.account = test_key();
	s.bureau_id = bureau.id;
	CU_ASSERT_EQUAL_FATAL(make_staff(&s), ERR_OK);
	CU_ASSERT_EQUAL(make_staff(&s), ERR_EXISTS);
	CU_ASSERT_EQUAL_FATAL(staff_by_account(db, arena, s.account, &s), ERR_OK);
	s.name = "区颖欣";
	CU_ASSERT_EQUAL_FATAL(put(&s), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(staff_by_account(db, arena, s.account, &found), ERR_OK);
	CU_ASSERT_STRING_EQUAL(found.name, "区颖欣");
	CU_ASSERT_TRUE(found.must_change && !found.disabled);
	CU_ASSERT_EQUAL_FATAL(set_password(found.id), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(staff_get(db, arena, found.id, &found), ERR_OK);
	CU_ASSERT_FALSE(found.must_change);
	CU_ASSERT_EQUAL_FATAL(staff_of_bureau(db, arena, bureau.id, &list, &count), ERR_OK);
	CU_ASSERT(count > 0);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "regions read as people say them", regions_read_as_people_say_them },
		{ "regions list what lies below", regions_list_what_lies_below },
		{ "an application crosses three desks", an_application_crosses_three_desks },
		{ "staff are made once and then changed", staff_are_made_once_and_then_changed },
		CU_TEST_INFO_NULL,
	};

	return test_main("bureau", tests);
}
