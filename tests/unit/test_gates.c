#include <string.h>

#include "fcgi/http/session.h"
#include "fcgi/store/kv.h"
#include "handlers/account/password.h"
#include "handlers/account/second_factor.h"
#include "handlers/common/mask.h"
#include "handlers/common/who.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/rules/table/limits.h"
#include "handlers/site/gates.h"
#include "tests/fakes/kv_memory.h"
#include "tests/fakes/people_store.h"
#include "tests/fakes/visitor.h"
#include "tests/support/suite.h"

#define ID "0123456789abcdef0123456789abcdef"

static enum err
run_gate(struct req *q, unsigned bit)
{
	for (size_t i = 0; i < domain_gates_count; i++)
		if (domain_gates[i].bit == bit)
			TRY(domain_gates[i].check(q));
	return ERR_OK;
}

static enum err
captcha(struct req *q)
{
	return run_gate(q, GATE_CAPTCHA);
}

static enum err
unit(struct req *q)
{
	return run_gate(q, GATE_UNIT);
}

static enum err
grant(struct req *q)
{
	return run_gate(q, GATE_GRANT);
}

static enum err
initial_password(struct req *q)
{
	return run_gate(q, GATE_SESSION);
}

static json_t *
typed(const char *id, const char *text)
{
	return json_pack("{ss ss}", "captcha_id", id, "captcha", text);
}

static void
drawn(void)
{
	visitor_clear();
	CU_ASSERT_EQUAL(kv_set(kv_memory, &kv_captcha, ID, "AB3D"), ERR_OK);
}

static void
a_captcha_is_good_once_whatever_its_case(void)
{
	drawn();
	CU_ASSERT_EQUAL(visitor_send(captcha, 0, typed(ID, "ab3d")), ERR_OK);
	CU_ASSERT_EQUAL(visitor_send(captcha, 0, typed(ID, "ab3d")), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("captcha"));
}

static void
a_wrong_answer_uses_it_up(void)
{
	drawn();
	CU_ASSERT_EQUAL(visitor_send(captcha, 0, typed(ID, "AAAA")), ERR_INVALID);
	CU_ASSERT_EQUAL(visitor_send(captcha, 0, typed(ID, "AB3D")), ERR_INVALID);
}

static void
odd_captchas_are_refused(void)
{
	drawn();
	CU_ASSERT_EQUAL(visitor_send(captcha, 0, json_object()), ERR_INVALID);
	CU_ASSERT_EQUAL(visitor_send(captcha, 0, typed("*", "AB3D")), ERR_INVALID);
	CU_ASSERT_EQUAL(visitor_send(captcha, 0,
			    json_pack("{si si}", "captcha_id", 1, "captcha", 2)),
	    ERR_INVALID);
	CU_ASSERT_EQUAL(visitor_send(captcha, 0, json_pack("{ss}", "captcha", "AB3D")),
	    ERR_INVALID);
	CU_ASSERT_TRUE(kv_memory_has("captcha", ID)); /* none of these touched it */
}

/* All that an operator needs. */
static void
operator_of(int64_t unit_id, int64_t institution_id)
{
	visitor_clear();
	people.access = (struct access){ CERTIFICATION_PASSED, true, true, true, 0 };
	visitor_sign_in(ROLE_OPERATOR, 9, unit_id, institution_id);
}

static void
an_operator_needs_a_unit_he_is_bound_to(void)
{
	operator_of(7, 70);
	CU_ASSERT_EQUAL(visitor_send(unit, 0, NULL), ERR_OK);
	people.access.bound = false;
	CU_ASSERT_EQUAL(visitor_send(unit, 0, NULL), ERR_NO_UNIT);
	CU_ASSERT_EQUAL(visitor_send(grant, 0, NULL), ERR_NO_UNIT);
	operator_of(0, 0);
	CU_ASSERT_EQUAL(visitor_send(unit, 0, NULL), ERR_NO_UNIT);
}

static void
each_thing_that_is_missing_is_named(void)
{
	operator_of(7, 70);
	CU_ASSERT_EQUAL(visitor_send(grant, 0, NULL), ERR_OK);
	people.access.institution = false;
	CU_ASSERT_EQUAL(visitor_send(grant, 0, NULL), ERR_NO_INSTITUTION);
	people.access.granted = false;
	CU_ASSERT_EQUAL(visitor_send(grant, 0, NULL), ERR_NOT_GRANTED);
	people.access.certification = CERTIFICATION_MANUAL;
	CU_ASSERT_EQUAL(visitor_send(grant, 0, NULL), ERR_NOT_CERTIFIED); /* */
}

static void
a_unit_reads_without_grant_and_officers_have_no_unit(void)
{
	visitor_clear();
	visitor_sign_in(ROLE_UNIT, 7, 7, 0);
	CU_ASSERT_EQUAL(visitor_send(grant, 0, NULL), ERR_OK);
	visitor_sign_in(ROLE_OFFICER, 5, 0, 0);
	CU_ASSERT_EQUAL(visitor_send(grant, 0, NULL), ERR_FORBIDDEN);
	CU_ASSERT_EQUAL(visitor_send(unit, 0, NULL), ERR_FORBIDDEN);
}

static enum err
initial_password_for_changing_it(struct req *q)
{
	struct route route = *q->route;

	route.handler = password_change;
	q->route = &route;
	enum err e = initial_password(q);
	q->route = NULL;
	return e;
}

static enum err
initial_password_on_an_open_address(struct req *q)
{
	struct route route = *q->route;

	route.who = WHO_ANYONE;
	q->route = &route;
	enum err e = initial_password(q);
	q->route = NULL;
	return e;
}

static enum err
session_of_anyone(struct req *q)
{
	struct route route = *q->route;

	route.who = WHO_ANYONE;
	q->route = &route;
	enum err e = run_gate(q, GATE_SESSION);
	q->route = NULL;
	return e;
}

static void
a_changed_password_ends_a_session_on_its_next_request(void)
{
	operator_of(7, 70);
	people.standing.password_seq = 1;
	CU_ASSERT_EQUAL(visitor_send(initial_password, 0, NULL), ERR_UNAUTHENTICATED);
	CU_ASSERT_EQUAL(visitor_sessions(ROLE_OPERATOR, 9), 0);
	operator_of(7, 70); /* where the same query says it */
	people.access.password_seq = 1;
	CU_ASSERT_EQUAL(visitor_send(unit, 0, NULL), ERR_UNAUTHENTICATED);
	CU_ASSERT_EQUAL(visitor_sessions(ROLE_OPERATOR, 9), 0);
	operator_of(7, 70); /* an open address goes on, signed out */
	people.standing.password_seq = 1;
	CU_ASSERT_EQUAL(visitor_send(session_of_anyone, 0, NULL), ERR_OK);
	CU_ASSERT_EQUAL(who_role(&visitor_q), ROLE_NONE);
}

static enum err
for_the_code(struct req *q)
{
	struct route route = *q->route;

	route.handler = totp_check;
	q->route = &route;
	enum err e = initial_password(q);
	q->route = NULL;
	return e;
}

/* Each opens only its own way on, so one of them has to come first. */
static void
the_dynamic_code_comes_before_the_first_password_is_changed(void)
{
	visitor_clear();
	visitor_sign_in(ROLE_OFFICER, 5, 0, 0);
	json_object_set_new(visitor_q.session->data, WHO_MUST_CHANGE, json_true());
	json_object_set_new(visitor_q.session->data, WHO_SECOND, json_string("enrol"));
	CU_ASSERT_EQUAL_FATAL(session_save(&visitor_q), ERR_OK);
	CU_ASSERT_EQUAL(visitor_send(for_the_code, 0, NULL), ERR_OK);
	CU_ASSERT_EQUAL(visitor_send(initial_password_for_changing_it, 0, NULL), ERR_SECOND_FACTOR);
	CU_ASSERT_EQUAL(visitor_send(initial_password, 0, NULL), ERR_SECOND_FACTOR);
	json_object_del(visitor_q.session->data, WHO_SECOND);
	CU_ASSERT_EQUAL_FATAL(session_save(&visitor_q), ERR_OK);
	CU_ASSERT_EQUAL(visitor_send(initial_password_for_changing_it, 0, NULL), ERR_OK);
	CU_ASSERT_EQUAL(visitor_send(initial_password, 0, NULL), ERR_PASSWORD_CHANGE);
}

static void
a_disabled_officer_is_out_on_his_next_request(void)
{
	visitor_clear();
	visitor_sign_in(ROLE_OFFICER, 5, 0, 0);
	CU_ASSERT_EQUAL(visitor_send(initial_password, 0, NULL), ERR_OK);
	people.standing.disabled = true;
	CU_ASSERT_EQUAL(visitor_send(initial_password, 0, NULL), ERR_UNAUTHENTICATED);
	CU_ASSERT_EQUAL(visitor_sessions(ROLE_OFFICER, 5), 0);
}

static enum err
mark_session(struct req *q)
{
	json_object_set_new(q->session->data, WHO_MUST_CHANGE, json_true());
	return session_save(q);
}

static void
a_generated_password_opens_nothing_but_its_change(void)
{
	operator_of(7, 70);
	CU_ASSERT_EQUAL(visitor_send(initial_password, 0, NULL), ERR_OK);
	CU_ASSERT_EQUAL(visitor_send(mark_session, 0, NULL), ERR_OK);
	CU_ASSERT_EQUAL(visitor_send(initial_password, 0, NULL), ERR_PASSWORD_CHANGE);
	CU_ASSERT_EQUAL(visitor_send(initial_password_for_changing_it, 0, NULL), ERR_OK);
	CU_ASSERT_EQUAL(visitor_send(initial_password_on_an_open_address, 0, NULL), ERR_OK);
}

static void
masks_leave_enough_to_recognise_ones_own(void)
{
	struct arena *a = visitor_q.arena;

	CU_ASSERT_STRING_EQUAL(mask_phone(a, "13800000000"), "138****0000");
	CU_ASSERT_STRING_EQUAL(mask_id(a, "11010519491231002X"), "110***********002X");
	CU_ASSERT_STRING_EQUAL(mask_id(a, "E1234"), "E***4");
	CU_ASSERT_STRING_EQUAL(mask_id(a, "12"), "**");
	CU_ASSERT_STRING_EQUAL(mask_name(a, "王小慢"), "王*慢");
	CU_ASSERT_STRING_EQUAL(mask_name(a, "王慢"), "王*");
	CU_ASSERT_STRING_EQUAL(mask_name(a, "买买提江"), "买**江");
	CU_ASSERT_STRING_EQUAL(mask_name(a, "王"), "*");
	CU_ASSERT_STRING_EQUAL(mask_name(a, ""), "*");
	CU_ASSERT_PTR_NULL(mask_name(a, NULL));
	CU_ASSERT_PTR_NULL(mask_phone(a, NULL));
}

static enum err
proof(struct req *q)
{
	return run_gate(q, GATE_PROOF);
}

/* Signed in, his phone proved so many seconds ago; below 0: never. */
static json_t *proved_since;
static enum err
proved(struct req *q)
{
	if (proved_since)
		json_object_set(q->session->data, WHO_PROVED, proved_since);
	return proof(q);
}

static void
a_phone_is_proved_for_ten_minutes(void)
{
	static const struct {
		int64_t ago;
		enum err expected;
	} cases[] = { { 0, ERR_OK }, { 599, ERR_OK }, { 600, ERR_PHONE_PROOF } };

	operator_of(7, 70);
	CU_ASSERT_EQUAL(visitor_send(proved, 0, NULL), ERR_PHONE_PROOF);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		operator_of(7, 70);
		proved_since = json_integer(VISITOR_NOW - cases[i].ago);
		CU_ASSERT_EQUAL(visitor_send(proved, 0, NULL), cases[i].expected);
		json_decref(proved_since);
		proved_since = NULL;
	}
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "a captcha is good once, whatever its case",
		    a_captcha_is_good_once_whatever_its_case },
		{ "a wrong answer uses it up", a_wrong_answer_uses_it_up },
		{ "odd captchas are refused", odd_captchas_are_refused },
		{ "an operator needs a unit he is bound to",
		    an_operator_needs_a_unit_he_is_bound_to },
		{ "each thing that is missing is named", each_thing_that_is_missing_is_named },
		{ "a unit reads without grant, and officers have no unit",
		    a_unit_reads_without_grant_and_officers_have_no_unit },
		{ "a generated password opens nothing but its change",
		    a_generated_password_opens_nothing_but_its_change },
		{ "a changed password ends a session on its next request",
		    a_changed_password_ends_a_session_on_its_next_request },
		{ "the dynamic code comes before the first password is changed",
		    the_dynamic_code_comes_before_the_first_password_is_changed },
		{ "a disabled officer is out on his next request",
		    a_disabled_officer_is_out_on_his_next_request },
		{ "masks leave enough to recognise one's own",
		    masks_leave_enough_to_recognise_ones_own },
		{ "a phone is proved for ten minutes", a_phone_is_proved_for_ten_minutes },
		CU_TEST_INFO_NULL,
	};

	visitor_open();
	int status = run_suite("gates", tests);
	visitor_close();
	return status;
}
