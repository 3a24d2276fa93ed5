#include "fcgi/base/array.h"
#include "handlers/acceptance/acceptance.h"
#include "tests/fakes/applicant.h"

AS_ROUTED(file_it, acceptance_submit)

static void
applied(void)
{
	applicant_stands(STATE_APPLIED, 0);
}

static void
the_acceptance_is_filed_with_its_own_files(void)
{
	applied();
	CU_ASSERT_EQUAL(visitor_send(file_it, 0, version_only()), ERR_OK);
	CU_ASSERT_STRING_EQUAL(visitor_answer("state"), "ACCEPT_LOCAL");
	CU_ASSERT_EQUAL(store.round.phase, PHASE_ACCEPT);
	CU_ASSERT_EQUAL(store.round.round, 2);
	CU_ASSERT_EQUAL(store.round_files, 2);
}

static void
test_data_is_of_the_last_three_days(void)
{
	static const struct {
		const char *order_no;
		enum err expected;
	} cases[] = {
		/* now is 2026-01-31 08:00:00 in Asia/Shanghai */
		{ "ORD358900202601310800000000125", ERR_OK },
		{ "ORD358900202601280800000000125", ERR_OK },
		{ "ORD358900202601280759590000125", ERR_INVALID },
		{ "ORD358900202601310800010000125", ERR_INVALID },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		applied();
		store.acceptance.order_no = cases[i].order_no;
		CU_ASSERT_EQUAL(visitor_send(file_it, 0, version_only()), cases[i].expected);
		CU_ASSERT_EQUAL(visitor_refused("order_no"), cases[i].expected != ERR_OK);
	}
}

static void
a_tester_is_named_by_a_valid_number(void)
{
	applied();
	store.row.business_type = "auth";
	store.acceptance.proof = "person";
	store.acceptance.tester_id_type = "id_card";
	store.acceptance.tester_name_sealed = applicant_sealed("application.tester_name", "示例");
	store.acceptance.tester_id_sealed =
	    applicant_sealed("application.tester_id", "110105194912310021");
	CU_ASSERT_EQUAL(visitor_send(file_it, 0, version_only()), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("tester_id_no"));
	applied();
	store.no_credential = true; /* nothing can have been tested yet */
	CU_ASSERT_EQUAL(visitor_send(file_it, 0, version_only()), ERR_WRONG_STATE);
}

static void
only_a_passed_or_rejected_one_can_be_filed(void)
{
	applicant_stands(STATE_APPLY_LOCAL, BUREAU_LOCAL);
	CU_ASSERT_EQUAL(visitor_send(file_it, 0, version_only()), ERR_WRONG_STATE);
	applicant_stands(STATE_ACCEPT_REJECTED, 0);
	CU_ASSERT_EQUAL(visitor_send(file_it, 0, version_only()), ERR_OK);
}

static void
whatever_fails_nothing_stays(void)
{
	CU_ASSERT_TRUE(visitor_torture(applied, file_it, 0, version_only) > 15);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "the acceptance is filed with its own files",
		    the_acceptance_is_filed_with_its_own_files },
		{ "test data is of the last three days", test_data_is_of_the_last_three_days },
		{ "a tester is named by a valid number", a_tester_is_named_by_a_valid_number },
		{ "only a passed or rejected one can be filed",
		    only_a_passed_or_rejected_one_can_be_filed },
		{ "whatever fails, nothing stays", whatever_fails_nothing_stays },
		CU_TEST_INFO_NULL,
	};

	return applicant_main("acceptance_submit", tests);
}
