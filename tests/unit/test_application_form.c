#include <CUnit/Basic.h>
#include <string.h>

#include "handlers/rules/form/acceptance_form.h"
#include "handlers/rules/form/application_form.h"
#include "handlers/rules/table/slots.h"

#define UPLOAD "00112233445566778899aabbccddeeff"

static struct arena *arena;
static struct field_errors errors;

static enum err
judge(const struct form *form, const char *variant, enum form_mode mode, void *out, json_t *input)
{
	errors.count = 0;
	enum err e = form_read(form, input, variant, mode, arena, &errors, out);

	json_decref(input);
	return e;
}

static bool
refused(const char *name)
{
	for (size_t i = 0; i < errors.count; i++)
		if (strcmp(errors.list[i].name, name) == 0)
			return true;
	return false;
}

/* What all four variants of the 申请单 need, and the rest of `more`. */
static json_t *
application(const char *type, json_t *more)
{
	json_t *o = json_pack("{ss ss ss ss ss}", "business_type", type, "contact_name",
	    "示例联系人", "contact_phone", "138 0000 0000", "application_letter", UPLOAD,
	    "agreement", UPLOAD);

	json_object_update(o, more);
	json_decref(more);
	return o;
}

static json_t *
own_new(void)
{
	return json_pack("{ss ss ss ss ss}", "channel", "wechat", "app_source", "own_new",
	    "app_name", "示例应用", "app_screenshot", UPLOAD, "app_type", "h5");
}

static void
each_variant_asks_its_own(void)
{
	struct application_form f = { 0 };

	CU_ASSERT_EQUAL(judge(&application_form, "hospital", FORM_SUBMIT, &f,
			    application("auth", own_new())),
	    ERR_OK);
	CU_ASSERT_STRING_EQUAL(f.contact_phone, "13800000000");
	CU_ASSERT_EQUAL(judge(&application_form, "hospital", FORM_SUBMIT, &f,
			    application("mixed", json_object())),
	    ERR_OK);
	CU_ASSERT_EQUAL(judge(&application_form, "pharmacy", FORM_SUBMIT, &f,
			    application("mixed", json_object())),
	    ERR_OK);

	json_t *pharmacy = own_new();
	json_object_set_new(pharmacy, "purchase_channels", json_pack("[ss]", "self", "other"));
	json_object_set_new(pharmacy, "purchase_other", json_string("示例商城"));
	CU_ASSERT_EQUAL(judge(&application_form, "pharmacy", FORM_SUBMIT, &f,
			    application("auth", pharmacy)),
	    ERR_OK);
	CU_ASSERT_EQUAL(f.purchase_channels.count, 2);
}

static void
what_is_not_asked_is_refused(void)
{
	struct application_form f = { 0 };

	CU_ASSERT_EQUAL(judge(&application_form, "hospital", FORM_DRAFT, &f,
			    application("mixed", own_new())),
	    ERR_INVALID);
	CU_ASSERT_TRUE(refused("channel"));
	CU_ASSERT_TRUE(refused("app_name"));
	CU_ASSERT_EQUAL(judge(&application_form, "hospital", FORM_DRAFT, &f,
			    json_pack("{ss s[s]}", "business_type", "auth", "purchase_channels",
				"self")),
	    ERR_INVALID);
	CU_ASSERT_TRUE(refused("purchase_channels"));
}

static void
a_draft_may_be_empty_a_submission_not(void)
{
	struct application_form f = { 0 };

	CU_ASSERT_EQUAL(judge(&application_form, "pharmacy", FORM_DRAFT, &f, json_object()),
	    ERR_OK);
	CU_ASSERT_EQUAL(judge(&application_form, "pharmacy", FORM_SUBMIT, &f,
			    json_pack("{ss ss}", "business_type", "auth", "app_source",
				"official")),
	    ERR_INVALID);
	CU_ASSERT_TRUE(refused("channel"));
	CU_ASSERT_TRUE(refused("official_channel"));
	CU_ASSERT_TRUE(refused("purchase_channels"));
	CU_ASSERT_TRUE(refused("agreement"));
	CU_ASSERT_FALSE(refused("app_name"));
	CU_ASSERT_FALSE(refused("supplement"));
}

static void
the_acceptance_asks_by_kind_and_business(void)
{
	struct acceptance_form f = { 0 };
	static const char *const mixed[] = { "hospital_mixed", "pharmacy_mixed" };
	static const char *const video[] = { "video_clinic", "video_purchase" };

	for (size_t i = 0; i < 2; i++) {
		CU_ASSERT_EQUAL(judge(&acceptance_form, mixed[i], FORM_SUBMIT, &f,
				    json_pack("{ss ss ss}", "order_no",
					"ord358900202207111433280000125", video[i], UPLOAD,
					"test_report", UPLOAD)),
		    ERR_OK);
		CU_ASSERT_STRING_EQUAL(f.order_no, "ORD358900202207111433280000125");
		CU_ASSERT_EQUAL(judge(&acceptance_form, mixed[i], FORM_DRAFT, &f,
				    json_pack("{ss}", "proof", "code")),
		    ERR_INVALID);
		CU_ASSERT_EQUAL(judge(&acceptance_form, mixed[i], FORM_DRAFT, &f,
				    json_pack("{ss}", video[!i], UPLOAD)),
		    ERR_INVALID);
	}
	CU_ASSERT_EQUAL(judge(&acceptance_form, "pharmacy_auth", FORM_SUBMIT, &f,
			    json_pack("{ss}", "proof", "person")),
	    ERR_INVALID);
	CU_ASSERT_TRUE(refused("tester_id_no"));
	CU_ASSERT_TRUE(refused("video_purchase"));
	CU_ASSERT_FALSE(refused("auth_code"));
}

static void
every_file_field_names_a_slot(void)
{
	static const struct form *const both[] = { &application_form, &acceptance_form };

	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; j < both[i]->count; j++)
			if (both[i]->fields[j].slot)
				CU_ASSERT_PTR_NOT_NULL(slot_by_name(both[i]->fields[j].slot));
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "each variant asks its own", each_variant_asks_its_own },
		{ "what is not asked is refused", what_is_not_asked_is_refused },
		{ "a draft may be empty, a submission not", a_draft_may_be_empty_a_submission_not },
		{ "the acceptance asks by kind and business",
		    the_acceptance_asks_by_kind_and_business },
		{ "every file field names a slot", every_file_field_names_a_slot },
		CU_TEST_INFO_NULL,
	};
	static CU_SuiteInfo suites[] = {
		{ .pName = "application_form", .pTests = tests },
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
