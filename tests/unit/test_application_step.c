#include "handlers/application/application.h"
#include "handlers/review/claim.h"
#include "handlers/review/review.h"
#include "sql/application/upload_scan.h"
#include "tests/fakes/applicant.h"
#include "tests/fakes/people_store.h"

AS_ROUTED(discard, application_discard)
AS_ROUTED(decide, review_decide)
AS_ROUTED(claim, claim_take)
AS_ROUTED(release, claim_release)

static void
applied(void)
{
	applicant_stands(STATE_APPLIED, 0);
}

static void
at_local(void)
{
	applicant_lies_at(STATE_APPLY_LOCAL, BUREAU_LOCAL);
}

static void
at_nation(void)
{
	applicant_lies_at(STATE_APPLY_NATION, BUREAU_NATION);
}

static json_t *
reason(void)
{
	return json_pack("{si ss}", "version", 4, "reason", "填写错误");
}

static json_t *
pass(void)
{
	return json_pack("{si ss sb}", "version", 4, "event", "pass", "security_checked", 1);
}

static json_t *
reject(void)
{
	return json_pack("{si ss ss}", "version", 4, "event", "reject", "remark", "缺少盖章");
}

static void
discarding_needs_a_reason_and_disables_the_keys(void)
{
	applied();
	CU_ASSERT_EQUAL(visitor_send(discard, 0, version_only()), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("reason"));
	CU_ASSERT_EQUAL(visitor_send(discard, 0, reason()), ERR_OK);
	CU_ASSERT_STRING_EQUAL(visitor_answer("status"), "discarded");
	CU_ASSERT_TRUE(store.disabled);
	CU_ASSERT_EQUAL(fake_notices.messages, 4); /* the operator and three bureaus */
	CU_ASSERT_STRING_EQUAL(store.event.remark, "填写错误");

	applicant_stands(STATE_APPLY_PROVINCE, BUREAU_PROVINCE);
	CU_ASSERT_EQUAL(visitor_send(discard, 0, reason()), ERR_OK);
	CU_ASSERT_FALSE(store.disabled);
	CU_ASSERT_EQUAL(fake_notices.messages, 2); /* the operator and the bureau it lay at */
}

static void
passing_goes_from_desk_to_desk(void)
{
	at_local();
	CU_ASSERT_EQUAL(visitor_send(decide, 0,
			    json_pack("{si ss}", "version", 4, "event", "pass")),
	    ERR_OK);
	CU_ASSERT_EQUAL(store.row.state, STATE_APPLY_PROVINCE);
	CU_ASSERT_EQUAL(store.row.desk_bureau, BUREAU_PROVINCE);
	CU_ASSERT_EQUAL(store.event.bureau_id, BUREAU_LOCAL);
	CU_ASSERT_EQUAL(store.event.desk, DESK_LOCAL);
	CU_ASSERT_PTR_NULL(store.job);
}

static void
nothing_passes_that_the_virus_scanner_has_not_cleared(void)
{
	static const unsigned states[] = { SCAN_WAITING, SCAN_INFECTED };

	for (size_t i = 0; i < 2; i++) {
		at_local();
		store.scan = states[i];
		CU_ASSERT_EQUAL(visitor_send(decide, 0,
				    json_pack("{si ss}", "version", 4, "event", "pass")),
		    ERR_WRONG_STATE);
		CU_ASSERT_PTR_NOT_NULL(strstr(visitor_q.detail,
		    i == 0 ? "“申请函.pdf”正在进行安全检测" : "“申请函.pdf”中发现病毒"));
		CU_ASSERT_EQUAL(store.row.state, STATE_APPLY_LOCAL);
		/* it can be sent back all the same */
		CU_ASSERT_EQUAL(visitor_send(decide, 0,
				    json_pack("{si ss ss}", "version", 4, "event", "reject",
					"remark", "请更换文件")),
		    ERR_OK);
	}
}

static void
rejecting_needs_an_opinion(void)
{
	at_local();
	CU_ASSERT_EQUAL(visitor_send(decide, 0,
			    json_pack("{si ss}", "version", 4, "event", "reject")),
	    ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("remark"));
	CU_ASSERT_EQUAL(fake_sql.committed, 0);
	CU_ASSERT_EQUAL(visitor_send(decide, 0, reject()), ERR_OK);
	CU_ASSERT_EQUAL(store.row.state, STATE_APPLY_REJECTED);
	CU_ASSERT_EQUAL(store.row.desk_bureau, 0);
}

static void
the_nation_confirms_the_security_check_and_keys_are_issued(void)
{
	at_nation();
	CU_ASSERT_EQUAL(visitor_send(decide, 0,
			    json_pack("{si ss}", "version", 4, "event", "pass")),
	    ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("security_checked"));
	CU_ASSERT_EQUAL(visitor_send(decide, 0, pass()), ERR_OK);
	CU_ASSERT_EQUAL(store.row.state, STATE_APPLIED);
	CU_ASSERT_STRING_EQUAL(store.job, "issue_test");
	CU_ASSERT_TRUE(store.event.security_checked);
	applicant_lies_at(STATE_ACCEPT_NATION, BUREAU_NATION);
	CU_ASSERT_EQUAL(visitor_send(decide, 0, pass()), ERR_OK);
	CU_ASSERT_STRING_EQUAL(store.job, "issue_formal");
}

static void
strangers_find_nothing(void)
{
	at_local();
	applicant_officer = 99;
	CU_ASSERT_EQUAL(visitor_send(decide, 0, pass()), ERR_NOT_FOUND);
	applicant_lies_at(STATE_DRAFT, BUREAU_LOCAL); /* not submitted: nobody's business yet */
	CU_ASSERT_EQUAL(visitor_send(decide, 0, pass()), ERR_NOT_FOUND);
	applied();
	visitor_sign_in(ROLE_OPERATOR, APPLICANT_ID, APPLICANT_UNIT + 1, APPLICANT_INSTITUTION);
	CU_ASSERT_EQUAL(visitor_send(discard, 0, reason()), ERR_NOT_FOUND);
}

static void
an_old_version_is_a_conflict(void)
{
	at_local();
	CU_ASSERT_EQUAL(visitor_send(decide, 0,
			    json_pack("{si ss}", "version", 3, "event", "pass")),
	    ERR_CONFLICT);
	CU_ASSERT_EQUAL(fake_sql.committed, 0);
	CU_ASSERT_EQUAL(store.row.state, STATE_APPLY_LOCAL);
}

/* A colleague was first: who, what and when. */
static void
whoever_comes_second_is_told_who_was_first(void)
{
	at_local();
	people.staff = (struct staff){ .id = 77, .name = "区颖欣" };
	store.events = 1;
	store.event = (struct application_event){ .event = EVENT_PASS,
		.desk = DESK_LOCAL,
		.bureau_id = BUREAU_LOCAL,
		.actor_id = 77,
		.actor_name = "广州市医疗保障局",
		.created_at = 1793548800 + 10 * 3600 + 21 * 60 };
	CU_ASSERT_EQUAL(visitor_send(decide, 0,
			    json_pack("{si ss}", "version", 3, "event", "pass")),
	    ERR_CONFLICT);
	CU_ASSERT_STRING_EQUAL(visitor_q.detail,
	    "该申请单已由广州市医疗保障局区颖欣于 2026-11-02 10:21 "
	    "审核通过，您的意见没有提交");
}

/* */
static void
nobody_decides_at_two_desks(void)
{
	applicant_lies_at(STATE_APPLY_PROVINCE, BUREAU_PROVINCE);
	store.decided_elsewhere = true;
	CU_ASSERT_EQUAL(visitor_send(decide, 0, pass()), ERR_FORBIDDEN);
	CU_ASSERT_EQUAL(store.row.state, STATE_APPLY_PROVINCE);
	store.decided_elsewhere = false;
	CU_ASSERT_EQUAL(visitor_send(decide, 0, pass()), ERR_OK);
}

static void
the_wrong_state_is_said(void)
{
	applicant_stands(STATE_DRAFT, 0);
	CU_ASSERT_EQUAL(visitor_send(discard, 0, reason()), ERR_WRONG_STATE);
	applicant_stands(STATE_DISCARDED, 0);
	CU_ASSERT_EQUAL(visitor_send(discard, 0, reason()), ERR_WRONG_STATE);
	at_local();
	applicant_officer = BUREAU_PROVINCE; /* it passes there, but does not lie there now */
	CU_ASSERT_EQUAL(visitor_send(decide, 0, pass()), ERR_WRONG_STATE);
}

static json_t *
nothing(void)
{
	return json_object();
}

static json_t *
takeover(void)
{
	return json_pack("{ss}", "reason", "同事休假");
}

static void
claimable(void)
{
	at_local();
	people.staff = (struct staff){ .id = 9, .name = "黎海珊" };
}

static void
of_a_colleague(void)
{
	claimable();
	store.claim = (struct application_claim){ 77, "区颖欣", 1 };
}

static void
what_a_colleague_has_claimed_is_taken_over_first(void)
{
	of_a_colleague();
	CU_ASSERT_EQUAL(visitor_send(decide, 0, pass()), ERR_CONFLICT);
	CU_ASSERT_EQUAL(visitor_send(release, 0, NULL), ERR_CONFLICT);
	CU_ASSERT_EQUAL(visitor_send(claim, 0, nothing()), ERR_CONFLICT);
	CU_ASSERT_EQUAL(store.claim.staff_id, 77);
	CU_ASSERT_EQUAL(fake_sql.committed, 0);
	CU_ASSERT_EQUAL(visitor_send(claim, 0, takeover()), ERR_OK);
	CU_ASSERT_EQUAL(fake_notices.messages, 1); /* the colleague is told */
	CU_ASSERT_NOT_EQUAL(store.claim.staff_id, 77);
	CU_ASSERT_EQUAL(visitor_send(decide, 0, pass()), ERR_OK);
	CU_ASSERT_EQUAL(store.claim.staff_id, 0);
}

static void
drafts_go_out_with_the_decision_and_pass_on_with_the_claim(void)
{
	at_local();
	store.drafts = 3;
	store.drafts_of = 9;
	CU_ASSERT_EQUAL(visitor_send(decide, 0, reject()), ERR_OK);
	CU_ASSERT_EQUAL(store.pins_sent, 3);
	at_local();
	store.drafts = 2;
	store.drafts_of = 77;
	CU_ASSERT_EQUAL(visitor_send(decide, 0, reject()), ERR_OK);
	CU_ASSERT_EQUAL(store.pins_sent, 0); /* a colleague's are over */
	CU_ASSERT_EQUAL(store.drafts, 0);
	of_a_colleague();
	store.drafts_of = 77;
	CU_ASSERT_EQUAL(visitor_send(claim, 0, takeover()), ERR_OK);
	CU_ASSERT_EQUAL(store.drafts_of, 9);
}

static void
claiming_needs_it_at_the_desk(void)
{
	claimable();
	CU_ASSERT_EQUAL(visitor_send(claim, 0, nothing()), ERR_OK);
	CU_ASSERT_EQUAL(visitor_send(claim, 0, nothing()), ERR_OK);
	CU_ASSERT_EQUAL(fake_notices.messages, 0);
	CU_ASSERT_EQUAL(visitor_send(release, 0, NULL), ERR_OK);
	CU_ASSERT_EQUAL(store.claim.staff_id, 0);
	applicant_officer = BUREAU_PROVINCE;
	CU_ASSERT_EQUAL(visitor_send(claim, 0, nothing()), ERR_WRONG_STATE);
	CU_ASSERT_EQUAL(visitor_send(release, 0, NULL), ERR_WRONG_STATE);
	applicant_officer = 99;
	CU_ASSERT_EQUAL(visitor_send(claim, 0, nothing()), ERR_NOT_FOUND);
}

static void
whatever_fails_nothing_stays(void)
{
	CU_ASSERT_TRUE(visitor_torture(applied, discard, 0, reason) > 10);
	CU_ASSERT_TRUE(visitor_torture(at_local, decide, 0, reject) > 8);
	CU_ASSERT_TRUE(visitor_torture(at_nation, decide, 0, pass) > 8);
	CU_ASSERT_TRUE(visitor_torture(of_a_colleague, claim, 0, takeover) > 6);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "discarding needs a reason and disables the keys",
		    discarding_needs_a_reason_and_disables_the_keys },
		{ "passing goes from desk to desk", passing_goes_from_desk_to_desk },
		{ "nothing passes that the virus scanner has not cleared",
		    nothing_passes_that_the_virus_scanner_has_not_cleared },
		{ "rejecting needs an opinion", rejecting_needs_an_opinion },
		{ "the nation confirms the security check and keys are issued",
		    the_nation_confirms_the_security_check_and_keys_are_issued },
		{ "strangers find nothing", strangers_find_nothing },
		{ "nobody decides at two desks", nobody_decides_at_two_desks },
		{ "an old version is a conflict", an_old_version_is_a_conflict },
		{ "whoever comes second is told who was first",
		    whoever_comes_second_is_told_who_was_first },
		{ "drafts go out with the decision and pass on with the claim",
		    drafts_go_out_with_the_decision_and_pass_on_with_the_claim },
		{ "the wrong state is said", the_wrong_state_is_said },
		{ "what a colleague has claimed is taken over first",
		    what_a_colleague_has_claimed_is_taken_over_first },
		{ "claiming needs it at the desk", claiming_needs_it_at_the_desk },
		{ "whatever fails, nothing stays", whatever_fails_nothing_stays },
		CU_TEST_INFO_NULL,
	};

	return applicant_main("application_step", tests);
}
