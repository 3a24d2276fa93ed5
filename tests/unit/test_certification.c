#include <string.h>

#include "fcgi/crypto/keyring.h"
#include "fcgi/http/session.h"
#include "handlers/common/who.h"
#include "handlers/review/review.h"
#include "handlers/rules/table/kinds.h"
#include "tests/fakes/deed_store.h"
#include "tests/fakes/notice_store.h"
#include "tests/fakes/people_store.h"
#include "tests/fakes/sql.h"
#include "tests/fakes/visitor.h"
#include "tests/support/suite.h"

#define BUREAU 3
#define TODAY "2026-01-31" /* of VISITOR_NOW */

static int64_t officers_bureau;

static enum err
decide(struct req *q)
{
	json_object_set_new(q->session->data, WHO_BUREAU, json_integer(officers_bureau));
	return certification_decide(q);
}

static enum err
show(struct req *q)
{
	json_object_set_new(q->session->data, WHO_BUREAU, json_integer(officers_bureau));
	return certification_show(q);
}

/* Unit 7 asked bureau 3, whose officer is signed in. */
static void
waiting(void)
{
	visitor_clear();
	people.units[0] = (struct unit){ .id = 7,
		.version = 2,
		.account = "Shili",
		.uscc = "91350100M000100Y43",
		.name = "示例医院",
		.kind = "hospital",
		.region_code = "440106",
		.address = "示例路",
		.legal_id_type = "passport",
		.certification = CERTIFICATION_MANUAL,
		.manual_bureau = BUREAU };
	officers_bureau = BUREAU;
	visitor_sign_in(ROLE_OFFICER, 5, 0, 0);
	visitor_next_id = 7;
	fake_sql_reset();
}

static json_t *
until(const char *day)
{
	return json_pack("{ss ss si}", "event", "pass", "until", day, "version", 2);
}

static json_t *
confirmed(void)
{
	return until(TODAY);
}

static json_t *
refused(void)
{
	return json_pack("{ss ss si}", "event", "reject", "remark", "执照与目录不符", "version", 2);
}

static void
confirming_holds_through_its_last_day(void)
{
	waiting();
	CU_ASSERT_EQUAL_FATAL(visitor_send(decide, 0, confirmed()), ERR_OK);
	CU_ASSERT_STRING_EQUAL(visitor_answer("certification"), "passed");
	CU_ASSERT_EQUAL(people.units[0].certification, CERTIFICATION_PASSED);
	CU_ASSERT_EQUAL(people.units[0].certified_until, VISITOR_NOW + 16 * 3600);
	CU_ASSERT_EQUAL(fake_notices.messages, 2); /* the unit and its operators */
	CU_ASSERT_STRING_EQUAL(fake_deeds.last.name, "unit.confirm");
	waiting();
	CU_ASSERT_EQUAL(visitor_send(decide, 0, until("2026-01-30")), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("until"));
	CU_ASSERT_EQUAL(fake_sql.begun, 0);
}

static void
refusing_says_why(void)
{
	waiting();
	CU_ASSERT_EQUAL(visitor_send(decide, 0,
			    json_pack("{ss si}", "event", "reject", "version", 2)),
	    ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("remark"));
	CU_ASSERT_EQUAL_FATAL(visitor_send(decide, 0, refused()), ERR_OK);
	CU_ASSERT_EQUAL(people.units[0].certification, CERTIFICATION_FAILED);
	CU_ASSERT_PTR_NOT_NULL(strstr(people.units[0].certification_reason, "执照与目录不符"));
	CU_ASSERT_PTR_NOT_NULL(strstr(fake_notices.message.text, "执照与目录不符"));
}

static void
another_bureau_finds_nothing(void)
{
	waiting();
	officers_bureau = 4;
	CU_ASSERT_EQUAL(visitor_send(show, 0, NULL), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(visitor_send(decide, 0, confirmed()), ERR_NOT_FOUND);
	officers_bureau = 0;
	people.units[0].manual_bureau = 0;
	CU_ASSERT_EQUAL(visitor_send(show, 0, NULL), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(visitor_send(decide, 0, confirmed()), ERR_NOT_FOUND);
}

static void
an_answer_is_given_once(void)
{
	waiting();
	people.units[0].certification = CERTIFICATION_PASSED;
	CU_ASSERT_EQUAL(visitor_send(decide, 0, confirmed()), ERR_WRONG_STATE);
	waiting();
	people.units[0].version = 3;
	CU_ASSERT_EQUAL(visitor_send(decide, 0, confirmed()), ERR_CONFLICT);
	CU_ASSERT_EQUAL(fake_sql.committed, 0);
}

static void
whatever_fails_nothing_stays(void)
{
	CU_ASSERT(visitor_torture(waiting, decide, 0, confirmed) > 5);
	CU_ASSERT(visitor_torture(waiting, decide, 0, refused) > 5);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "confirming holds through its last day", confirming_holds_through_its_last_day },
		{ "refusing says why", refusing_says_why },
		{ "another bureau finds nothing", another_bureau_finds_nothing },
		{ "an answer is given once", an_answer_is_given_once },
		{ "whatever fails, nothing stays", whatever_fails_nothing_stays },
		CU_TEST_INFO_NULL,
	};

	visitor_open();
	int status = run_suite("certification", tests);
	visitor_close();
	return status;
}
