#include "fcgi/base/array.h"
#include "fcgi/crypto/keyring.h"
#include "handlers/application/application.h"
#include "tests/fakes/applicant.h"

AS_ROUTED(submit, application_submit)

static void
draft(void)
{
	applicant_stands(STATE_DRAFT, 0);
}

static void
applied(void)
{
	applicant_stands(STATE_APPLIED, 0);
}

static void
submitting_goes_to_the_local_bureau(void)
{
	draft();
	CU_ASSERT_EQUAL(visitor_send(submit, 0, version_only()), ERR_OK);
	CU_ASSERT_STRING_EQUAL(visitor_answer("state"), "APPLY_LOCAL");
	CU_ASSERT_STRING_EQUAL(visitor_answer("status"), "apply_review");
	CU_ASSERT_EQUAL(store.row.desk_bureau, BUREAU_LOCAL);
	CU_ASSERT_EQUAL(store.events, 1);
	CU_ASSERT_STRING_EQUAL(store.event.actor_name, "示例单位");
	CU_ASSERT_EQUAL(store.rounds, 1);
	CU_ASSERT_EQUAL(store.round.round, 1);
	CU_ASSERT_EQUAL(store.round_files, 2);     /* of this form, not of the other */
	CU_ASSERT_EQUAL(fake_notices.messages, 2); /* the operator and the bureau */
	CU_ASSERT_EQUAL(fake_notices.sms, 1);
	CU_ASSERT_EQUAL(fake_deeds.written, 1);
	CU_ASSERT_EQUAL(fake_sql.committed, 1);
}

static void
what_was_filed_is_sealed(void)
{
	char *text;

	draft();
	CU_ASSERT_EQUAL_FATAL(visitor_send(submit, 0, version_only()), ERR_OK);
	CU_ASSERT_PTR_NULL(strstr(store.round.answers_sealed, "13800000000"));
	CU_ASSERT_EQUAL_FATAL(keyring_unseal(visitor_q.keyring, visitor_q.arena,
				  "application_round.answers", store.round.answers_sealed, &text),
	    ERR_OK);
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "13800000000"));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "\"agreement\""));
	CU_ASSERT_PTR_NULL(strstr(text, "video_clinic"));
}

static void
every_missing_field_is_named(void)
{
	draft();
	store.answers =
	    (struct application_answers){ .business_type = "auth", .app_source = "own_new" };
	store.nfiles = 0;
	CU_ASSERT_EQUAL(visitor_send(submit, 0, version_only()), ERR_INVALID);
	static const char *const missing[] = { "channel", "app_name", "app_screenshot", "app_type",
		"contact_name", "contact_phone", "application_letter", "agreement" };
	for (size_t i = 0; i < COUNT(missing); i++)
		CU_ASSERT_TRUE(visitor_refused(missing[i]));
	CU_ASSERT_EQUAL(visitor_q.errors.count, COUNT(missing));
	CU_ASSERT_EQUAL(fake_sql.begun, 0);
}

static void
a_file_of_another_unit_or_slot_is_refused(void)
{
	draft();
	store.files[0].upload_id = store_upload_key(0, APPLICANT_UNIT + 1);
	store.files[1].upload_id =
	    store_upload_key(0, APPLICANT_UNIT); /* a letter for the agreement */
	CU_ASSERT_EQUAL(visitor_send(submit, 0, version_only()), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("application_letter"));
	CU_ASSERT_TRUE(visitor_refused("agreement"));
}

static void
one_running_application_is_about_one_thing(void)
{
	draft();
	store.sole_taken = true;
	CU_ASSERT_EQUAL(visitor_send(submit, 0, version_only()), ERR_EXISTS);
	CU_ASSERT_PTR_NOT_NULL(strstr(visitor_q.detail, "弃用"));
	CU_ASSERT_EQUAL(fake_sql.committed, 0);
}

static void
own_app(const char *source)
{
	draft();
	store.row.business_type = "auth";
	store.answers.business_type = "auth";
	store.answers.channel = "wechat";
	store.answers.app_source = source;
}

static void
a_new_name_that_exists_is_refused(void)
{
	own_app("own_new");
	store.answers.app_name = "示例应用";
	store.answers.app_type = "h5";
	applicant_file("app_screenshot", "app_screenshot");
	store.name_taken = true;
	CU_ASSERT_EQUAL(visitor_send(submit, 0, version_only()), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("app_name"));
	CU_ASSERT_EQUAL(fake_sql.committed, 0);
}

static void
what_cannot_be_chosen_any_more_is_refused(void)
{
	own_app("own_existing");
	store.answers.existing_app = "ffffffffffffffffffffffffffffffff";
	CU_ASSERT_EQUAL(visitor_send(submit, 0, version_only()), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("existing_app"));

	own_app("official");
	store.answers.official_channel = 1;
	CU_ASSERT_EQUAL(visitor_send(submit, 0, version_only()), ERR_OK);
	CU_ASSERT_STRING_EQUAL(store.row.third_channel, "官方示例");
	own_app("official");
	store.answers.official_channel = 1;
	store.answers.channel = "alipay"; /* not that channel's */
	CU_ASSERT_EQUAL(visitor_send(submit, 0, version_only()), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("official_channel"));
}

static void
strangers_find_nothing(void)
{
	draft();
	visitor_sign_in(ROLE_OPERATOR, APPLICANT_ID, APPLICANT_UNIT + 1, APPLICANT_INSTITUTION);
	CU_ASSERT_EQUAL(visitor_send(submit, 0, version_only()), ERR_NOT_FOUND);
	visitor_sign_in(ROLE_OPERATOR, APPLICANT_ID, APPLICANT_UNIT, APPLICANT_INSTITUTION + 1);
	CU_ASSERT_EQUAL(visitor_send(submit, 0, version_only()), ERR_NO_INSTITUTION);
	applicant_number = "ffffffffffffffffffffffffffffffff";
	CU_ASSERT_EQUAL(visitor_send(submit, 0, version_only()), ERR_NOT_FOUND);
}

static void
an_old_version_is_a_conflict(void)
{
	draft();
	CU_ASSERT_EQUAL(visitor_send(submit, 0, json_pack("{si}", "version", 3)), ERR_CONFLICT);
	CU_ASSERT_EQUAL(fake_sql.begun, 0);
}

static void
the_wrong_state_is_said(void)
{
	applicant_stands(STATE_APPLY_LOCAL, BUREAU_LOCAL);
	CU_ASSERT_EQUAL(visitor_send(submit, 0, version_only()), ERR_WRONG_STATE);
	applied();
	CU_ASSERT_EQUAL(visitor_send(submit, 0, version_only()), ERR_WRONG_STATE);
}

static void
whatever_fails_nothing_stays(void)
{
	CU_ASSERT_TRUE(visitor_torture(draft, submit, 0, version_only) > 15);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "submitting goes to the local bureau", submitting_goes_to_the_local_bureau },
		{ "what was filed is sealed", what_was_filed_is_sealed },
		{ "every missing field is named", every_missing_field_is_named },
		{ "a file of another unit or slot is refused",
		    a_file_of_another_unit_or_slot_is_refused },
		{ "one running application is about one thing",
		    one_running_application_is_about_one_thing },
		{ "a new name that exists is refused", a_new_name_that_exists_is_refused },
		{ "what cannot be chosen any more is refused",
		    what_cannot_be_chosen_any_more_is_refused },
		{ "strangers find nothing", strangers_find_nothing },
		{ "an old version is a conflict", an_old_version_is_a_conflict },
		{ "the wrong state is said", the_wrong_state_is_said },
		{ "whatever fails, nothing stays", whatever_fails_nothing_stays },
		CU_TEST_INFO_NULL,
	};

	return applicant_main("application_submit", tests);
}
