#include "sql/application/application_list.h"
#include "tests/support/applications.h"

static void
lists_page_by_key(void)
{
	int64_t unit = new_unit(), institution = test_number(), total;
	const struct application_item *page;
	struct application_filter filter = { unit, institution, -1, NULL };
	size_t count;

	for (int i = 0; i < 5; i++) {
		struct application a = new_draft(unit, institution);

		if (i == 0)
			continue;
		fill(&a, test_key());
		take(&a, EVENT_SUBMIT, DESK_NONE);
	}
	OK(application_list(db, arena, &filter, 0, 3, &page, &count));
	CU_ASSERT_EQUAL_FATAL(count, 3);
	CU_ASSERT_TRUE(page[0].id > page[1].id);
	CU_ASSERT_PTR_NOT_NULL(page[0].unit_name);
	OK(application_list(db, arena, &filter, page[2].cursor, 3, &page, &count));
	CU_ASSERT_EQUAL(count, 2);
	OK(application_count(db, arena, &filter, &total));
	CU_ASSERT_EQUAL(total, 5);
	filter.business_type = "mixed";
	OK(application_count(db, arena, &filter, &total));
	CU_ASSERT_EQUAL(total, 0);
	filter = (struct application_filter){ unit, institution, STATUS_APPLY_REVIEW, "auth" };
	OK(application_list(db, arena, &filter, 0, 10, &page, &count));
	CU_ASSERT_EQUAL(count, 4);
	OK(application_count(db, arena, &filter, &total));
	CU_ASSERT_EQUAL(total, 4);
	filter = (struct application_filter){ unit, 0, STATUS_DRAFT, NULL };
	OK(application_list(db, arena, &filter, 0, 10, &page, &count));
	CU_ASSERT_EQUAL(count, 1);
	OK(application_count(db, arena, &filter, &total));
	CU_ASSERT_EQUAL(total, 1);
}

static void
existing_apps_are_those_once_accepted_for_test(void)
{
	int64_t unit = new_unit(), institution = test_number();
	struct application a = new_draft(unit, institution);
	const struct existing_app *apps;
	struct existing_app one;
	size_t count;

	fill(&a, "甲");
	claim(&a, "甲", NULL, ERR_OK);
	OK(application_existing(db, arena, unit, institution, &apps, &count));
	CU_ASSERT_EQUAL(count, 0);
	pass_all(&a);
	OK(application_existing(db, arena, unit, institution, &apps, &count));
	CU_ASSERT_EQUAL_FATAL(count, 1);
	CU_ASSERT_STRING_EQUAL(apps[0].name, "甲");
	CU_ASSERT_STRING_EQUAL(apps[0].type, "h5");
	OK(application_existing_get(db, arena, unit, institution, a.number, &one));
	CU_ASSERT_EQUAL(application_existing_get(db, arena, unit, institution + 1, a.number, &one),
	    ERR_NOT_FOUND);
	take(&a, EVENT_DISCARD, DESK_NONE);
	OK(application_existing(db, arena, unit, institution, &apps, &count));
	CU_ASSERT_EQUAL(count, 0);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "lists page by key", lists_page_by_key },
		{ "existing apps are those once accepted for test",
		    existing_apps_are_those_once_accepted_for_test },
		CU_TEST_INFO_NULL,
	};

	return test_main("application_list", tests);
}
