#include "handlers/rules/form/acceptance_form.h"
#include "handlers/rules/form/application_form.h"
#include "handlers/rules/procedure/reopen.h"
#include "tests/support/suite.h"

static struct reopened r;

/* Opens by these names; is exactly `expected` (ends with NULL) open? */
static bool
opens(const struct form *form, const char *const *names, size_t count, const char *const *expected)
{
	size_t n = 0;

	reopen(form, names, count, &r);
	for (; expected[n]; n++)
		if (!reopened_has(&r, form_field(form, expected[n])))
			return false;
	return !r.all && r.count == n;
}
#define OPENS(form, name, ...)                                                                     \
	CU_ASSERT_TRUE(opens(&(form), (const char *const[]){ name }, 1,                            \
	    (const char *const[]){ __VA_ARGS__, NULL }))

static void
what_is_pinned_to_is_open(void)
{
	OPENS(application_form, "application_letter", "application_letter");
	OPENS(application_form, "remark", "remark");
	OPENS(acceptance_form, "video_clinic", "video_clinic");
	static const char *const two[] = { "plan", "contact_phone" };
	static const char *const both[] = { "contact_phone", "plan", NULL };
	CU_ASSERT_TRUE(opens(&application_form, two, 2, both));
	CU_ASSERT_FALSE(reopened_has(&r, form_field(&application_form, "remark")));
}

static void
what_hangs_on_it_is_open_too(void)
{
	OPENS(application_form, "app_source", "app_source", "official_channel", "existing_app",
	    "app_name", "app_screenshot", "app_type");
	OPENS(application_form, "purchase_channels", "purchase_channels", "purchase_other");
	OPENS(application_form, "channel", "channel", "official_channel"); /* judged by it */
	OPENS(application_form, "business_type", "business_type", "channel", "app_source",
	    "official_channel", "existing_app", "app_name", "app_screenshot", "app_type",
	    "purchase_channels", "purchase_other");
	OPENS(acceptance_form, "proof", "proof", "auth_code", "tester_name", "tester_id_type",
	    "tester_id_no");
	OPENS(acceptance_form, "order_no", "order_no", "auth_code");
	OPENS(acceptance_form, "tester_id_type", "tester_id_type", "tester_id_no");
}

static void
nothing_pinned_opens_all(void)
{
	static const char *const gone[] = { "of_an_older_form" };

	reopen(&application_form, NULL, 0, &r);
	CU_ASSERT_TRUE(r.all);
	CU_ASSERT_TRUE(reopened_has(&r, form_field(&application_form, "remark")));
	reopen(&application_form, gone, 1, &r);
	CU_ASSERT_TRUE(r.all); /* better all of it than nothing */
}

/* What a row names there is in its form. */
static void
rows_follow_rows(void)
{
	const struct form *const all[] = { &application_form, &acceptance_form };

	for (int i = 0; i < 2; i++)
		for (size_t j = 0; j < all[i]->count; j++)
			CU_ASSERT_TRUE(!all[i]->fields[j].follows ||
				       form_field(all[i], all[i]->fields[j].follows));
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "what is pinned to is open", what_is_pinned_to_is_open },
		{ "what hangs on it is open too", what_hangs_on_it_is_open_too },
		{ "nothing pinned opens all", nothing_pinned_opens_all },
		{ "rows follow rows", rows_follow_rows },
		CU_TEST_INFO_NULL,
	};

	return run_suite("reopen", tests);
}
