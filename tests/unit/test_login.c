#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/crypto/keyring.h"
#include "fcgi/http/session.h"
#include "handlers/account/password.h"
#include "handlers/account/session.h"
#include "handlers/common/who.h"
#include "handlers/rules/table/limits.h"
#include "handlers/site/routes.h"
#include "handlers/sms/code.h"
#include "tests/fakes/deed_store.h"
#include "tests/fakes/kv_memory.h"
#include "tests/fakes/notice_store.h"
#include "tests/fakes/people_store.h"
#include "tests/fakes/sql.h"
#include "tests/fakes/visitor.h"
#include "tests/support/replied.h"
#include "tests/support/suite.h"

#define PHONE "13800000001"
#define USCC "91350100M000100Y43"
#define CAPTCHA "captcha_id", "0123456789abcdef0123456789abcdef", "captcha", "abcd"

static void
somebody(void)
{
	visitor_clear();
	people.units[0] = (struct unit){ .id = 7,
		.account = "Shili",
		.uscc = USCC,
		.password = "hashed:Sunny2026",
		.name = "示例医院",
		.kind = "hospital",
		.legal_id_type = "id_card" };
	people.units[1] = (struct unit){ .id = 8,
		.account = "Other",
		.uscc = "x",
		.password = "hashed:Other2026",
		.name = "另一家医院",
		.kind = "hospital" };
	people.operators[0] = (struct operator){ .id = 9,
		.phone_index =
		    keyring_index(visitor_q.keyring, visitor_q.arena, "operator.phone", PHONE),
		.phone_sealed =
		    keyring_seal(visitor_q.keyring, visitor_q.arena, "operator.phone", PHONE),
		.name = "王小慢",
		.password = "hashed:Cloud2026" };
	people.bindings[0] = (struct binding){ .id = 1, .unit_id = 7, .operator_id = 9 };
	people.institutions[0] = (struct institution){ .id = 70,
		.code = "H44010600101",
		.name = "示例医院",
		.region_code = "440106",
		.uscc = USCC,
		.active = true };
	people.staff = (struct staff){ .id = 5,
		.account = "gz01",
		.name = "黎海珊",
		.password = "hashed:Moon2026",
		.bureau_id = 3,
		.role = ROLE_OFFICER };
}

static json_t *
as(const char *account, const char *password)
{
	return json_pack("{ss ss ss ss}", "account", account, "password", password, CAPTCHA);
}

static json_t *
as_operator(const char *password)
{
	return json_pack("{ss ss ss ss}", "phone", PHONE, "password", password, CAPTCHA);
}

static json_t *
good(void)
{
	return as("Shili", "Sunny2026");
}

static json_t *
good_operator(void)
{
	return as_operator("Cloud2026");
}

static void
a_unit_signs_in_by_account_or_uscc(void)
{
	static const char *const names[] = { "Shili", "sHILI", USCC, "91350100m000100y43" };

	for (size_t i = 0; i < COUNT(names); i++) {
		somebody();
		CU_ASSERT_EQUAL_FATAL(visitor_send(login_unit, 0, as(names[i], "Sunny2026")),
		    ERR_OK);
		CU_ASSERT_STRING_EQUAL(visitor_answer("kind"), "unit");
		CU_ASSERT_EQUAL(who_unit(&visitor_q), 7);
		CU_ASSERT_EQUAL(fake_deeds.written, 1);
	}
}

static void
signing_in_changes_the_session(void)
{
	somebody();
	CU_ASSERT_EQUAL(visitor_send(session_show, 0, NULL), ERR_OK);
	const char *before = arena_strndup(visitor_q.arena, visitor_q.session->id, 64);
	const char *token = arena_strndup(visitor_q.arena, visitor_q.session->csrf, 32);
	CU_ASSERT_EQUAL_FATAL(visitor_send(login_unit, 0, good()), ERR_OK);
	CU_ASSERT_STRING_NOT_EQUAL(visitor_q.session->id, before);
	CU_ASSERT_STRING_NOT_EQUAL(visitor_q.session->csrf, token);
}

static void
an_operator_of_one_unit_is_there_at_once(void)
{
	somebody();
	CU_ASSERT_EQUAL_FATAL(visitor_send(login_operator, 0, good_operator()), ERR_OK);
	CU_ASSERT_STRING_EQUAL(visitor_answer("kind"), "operator");
	CU_ASSERT_EQUAL(who_unit(&visitor_q), 7);
	CU_ASSERT_EQUAL(who_institution(&visitor_q), 70); /* */
	const json_t *user = json_object_get(replied(&visitor_q), "user");
	CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(user, "phone")), "138****0001");
	CU_ASSERT_EQUAL(json_integer_value(json_object_get(replied(&visitor_q), "unread")), 3);
}

static void
an_operator_of_two_units_chooses(void)
{
	somebody();
	people.bindings[1] = (struct binding){ .id = 2, .unit_id = 8, .operator_id = 9 };
	CU_ASSERT_EQUAL_FATAL(visitor_send(login_operator, 0, good_operator()), ERR_OK);
	CU_ASSERT_EQUAL(who_unit(&visitor_q), 0);
	CU_ASSERT_TRUE(json_is_null(json_object_get(replied(&visitor_q), "unit")));
	const char *before = arena_strndup(visitor_q.arena, visitor_q.session->id, 64);
	CU_ASSERT_EQUAL(visitor_send(choose_unit, 0, json_pack("{si}", "unit_id", 99)),
	    ERR_NOT_FOUND);
	people.units[2] = people.units[1]; /* there is one, and he is not bound to it */
	people.units[2].id = 10;
	CU_ASSERT_EQUAL(visitor_send(choose_unit, 0, json_pack("{si}", "unit_id", 10)),
	    ERR_NOT_FOUND);
	CU_ASSERT_EQUAL_FATAL(visitor_send(choose_unit, 0, json_pack("{si}", "unit_id", 7)),
	    ERR_OK);
	CU_ASSERT_EQUAL(who_unit(&visitor_q), 7);
	CU_ASSERT_STRING_NOT_EQUAL(visitor_q.session->id, before);
}

static void
several_institutions_are_not_chosen_for_people(void)
{
	somebody();
	people.institutions[1] = people.institutions[0];
	people.institutions[1].id = 71;
	CU_ASSERT_EQUAL_FATAL(visitor_send(login_operator, 0, good_operator()), ERR_OK);
	CU_ASSERT_EQUAL(who_institution(&visitor_q), 0);
	CU_ASSERT_EQUAL(visitor_send(choose_institution, 0,
			    json_pack("{si}", "institution_id", 99)),
	    ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(visitor_send(choose_institution, 0,
			    json_pack("{si}", "institution_id", 71)),
	    ERR_OK);
	CU_ASSERT_EQUAL(who_institution(&visitor_q), 71);
}

static void
a_generated_password_must_be_changed_and_dies(void)
{
	somebody();
	people.operators[0].must_change = true;
	people.operators[0].password_until = VISITOR_NOW + 1;
	CU_ASSERT_EQUAL(visitor_send(login_operator, 0, good_operator()), ERR_OK);
	CU_ASSERT_TRUE(who_must_change(&visitor_q));
	somebody();
	people.operators[0].password_until = VISITOR_NOW;
	CU_ASSERT_EQUAL(visitor_send(login_operator, 0, good_operator()), ERR_PASSWORD_EXPIRED);
	CU_ASSERT_EQUAL(visitor_send(login_operator, 0, as_operator("Wrong2026")),
	    ERR_LOGIN_FAILED); /* who does not know it learns nothing */
}

static void
a_disabled_officer_is_nobody(void)
{
	somebody();
	CU_ASSERT_EQUAL(visitor_send(login_officer, 0, as("GZ01", "Moon2026")), ERR_OK);
	CU_ASSERT_STRING_EQUAL(visitor_answer("kind"), "officer");
	CU_ASSERT_EQUAL(who_bureau(&visitor_q), 3);
	people.staff.disabled = true;
	CU_ASSERT_EQUAL(visitor_send(login_officer, 0, as("gz01", "Moon2026")), ERR_LOGIN_FAILED);
}

static json_t *
change(const char *old, const char *password)
{
	return json_pack("{ss ss ss}", "old_password", old, "password", password, "password2",
	    password);
}

static void
changing_a_password_ends_the_other_sessions(void)
{
	somebody();
	visitor_sign_in(ROLE_UNIT, 7, 7, 0); /* elsewhere */
	const char *elsewhere = arena_strndup(visitor_q.arena, visitor_q.session->id, 64);
	visitor_sign_in(ROLE_UNIT, 7, 7, 0);
	CU_ASSERT_EQUAL(visitor_send(password_change, 0, change("Wrong2026", "Fresh2026")),
	    ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("old_password"));
	CU_ASSERT_EQUAL(visitor_send(password_change, 0, change("Sunny2026", "Sunny2026")),
	    ERR_INVALID);
	CU_ASSERT_EQUAL(visitor_send(password_change, 0, change("Sunny2026", USCC)), ERR_INVALID);
	CU_ASSERT_EQUAL_FATAL(visitor_send(password_change, 0, change("Sunny2026", "Fresh2026")),
	    ERR_OK);
	CU_ASSERT_EQUAL(visitor_q.status, 204);
	CU_ASSERT_STRING_EQUAL(people.units[0].password, "hashed:Fresh2026");
	CU_ASSERT_EQUAL(visitor_send(session_show, 0, NULL), ERR_OK);
	CU_ASSERT_STRING_EQUAL(visitor_answer("kind"), "unit"); /* this one goes on */
	CU_ASSERT_STRING_NOT_EQUAL(visitor_q.session->id, elsewhere);
	const char *const *left;
	size_t count;
	CU_ASSERT_EQUAL(kv_members(kv_memory, visitor_q.arena, &(struct kv_family){ "sessions", 0 },
			    "1/7", &left, &count),
	    ERR_OK);
	CU_ASSERT_EQUAL(count, 1);
}

static void
signing_out_ends_it(void)
{
	somebody();
	visitor_sign_in(ROLE_UNIT, 7, 7, 0);
	CU_ASSERT_EQUAL(visitor_send(session_close, 0, NULL), ERR_OK);
	CU_ASSERT_EQUAL(visitor_q.status, 204);
	CU_ASSERT_EQUAL(visitor_send(session_show, 0, NULL), ERR_OK);
	CU_ASSERT_STRING_EQUAL(visitor_answer("kind"), "none");
}

static json_t *
ask_code(void)
{
	return json_pack("{ss ss ss ss}", "purpose", "register", "phone", PHONE, CAPTCHA);
}

static void
codes_are_sent_with_a_pause(void)
{
	somebody();
	CU_ASSERT_EQUAL_FATAL(visitor_send(sms_code_send, 0, ask_code()), ERR_OK);
	CU_ASSERT_EQUAL(visitor_q.status, 202);
	CU_ASSERT_EQUAL(fake_notices.sms, 1);
	CU_ASSERT_EQUAL(fake_notices.messages, 0);
	CU_ASSERT_EQUAL(visitor_send(sms_code_send, 0, ask_code()), ERR_RATE_LIMITED);
	CU_ASSERT_PTR_NOT_NULL(strstr(visitor_q.detail, "60 秒"));
	CU_ASSERT_EQUAL(fake_notices.sms, 1);
	CU_ASSERT_EQUAL(visitor_send(sms_code_send, 0,
			    json_pack("{ss ss ss ss}", "purpose", "reset", "phone", PHONE,
				CAPTCHA)),
	    ERR_WRONG_STATE);
}

/* They do for what was counted. */
static void
minutes_pass(int minutes)
{
	for (size_t i = 0; i < fake_notices.ncounted; i++)
		fake_notices.counted[i].at -= (int64_t)minutes * 60;
}

static void
a_phone_gets_five_codes_an_hour(void)
{
	unsigned sent = 0;

	somebody();
	for (int minute = 0; minute < 58; minute++) {
		sent += visitor_send(sms_code_send, 0, ask_code()) == ERR_OK;
		minutes_pass(1);
	}
	CU_ASSERT_EQUAL(sent, 5);
	CU_ASSERT_PTR_NOT_NULL(strstr(visitor_q.detail, "3 分钟后"));
	minutes_pass(2); /* the first is an hour ago, the second is not */
	CU_ASSERT_EQUAL(visitor_send(sms_code_send, 0, ask_code()), ERR_OK);
	minutes_pass(0);
	CU_ASSERT_EQUAL(visitor_send(sms_code_send, 0, ask_code()), ERR_RATE_LIMITED);
	CU_ASSERT_EQUAL(fake_notices.sms, 6);
}

static void
a_phone_gets_ten_codes_a_day(void)
{
	unsigned sent = 0;

	somebody();
	for (int i = 0; i < 46; i++) {
		sent += visitor_send(sms_code_send, 0, ask_code()) == ERR_OK;
		minutes_pass(31);
	}
	CU_ASSERT_EQUAL(sent, 10);
	CU_ASSERT_PTR_NOT_NULL(strstr(visitor_q.detail, "分钟后"));
	minutes_pass(24 * 60 - 46 * 31);
	CU_ASSERT_EQUAL(visitor_send(sms_code_send, 0, ask_code()), ERR_OK);
	CU_ASSERT_EQUAL(visitor_send(sms_code_send, 0, ask_code()), ERR_RATE_LIMITED);
}

/* Whoever has one IPv6 address of a /64 has them all. */
static void
an_address_asks_for_a_hundred_codes_an_hour(void)
{
	unsigned sent = 0;

	somebody();
	for (int i = 0; i < 120; i++) {
		visitor_address = arena_printf(visitor_q.arena, "2001:db8:0:1::%x", i);
		sent +=
		    visitor_send(sms_code_send, 0,
			json_pack("{ss ss ss ss}", "purpose", "register", "phone",
			    arena_printf(visitor_q.arena, "13900000%03d", i), CAPTCHA)) == ERR_OK;
	}
	CU_ASSERT_EQUAL(sent, 100);
}

static void
whatever_fails_nothing_stays(void)
{
	CU_ASSERT(visitor_torture(somebody, login_unit, 0, good) > 5);
	CU_ASSERT(visitor_torture(somebody, login_operator, 0, good_operator) > 5);
	CU_ASSERT(visitor_torture(somebody, sms_code_send, 0, ask_code) > 5);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "a unit signs in by account or uscc", a_unit_signs_in_by_account_or_uscc },
		{ "signing in changes the session", signing_in_changes_the_session },
		{ "an operator of one unit is there at once",
		    an_operator_of_one_unit_is_there_at_once },
		{ "an operator of two units chooses", an_operator_of_two_units_chooses },
		{ "several institutions are not chosen for people",
		    several_institutions_are_not_chosen_for_people },
		{ "a generated password must be changed, and dies",
		    a_generated_password_must_be_changed_and_dies },
		{ "a disabled officer is nobody", a_disabled_officer_is_nobody },
		{ "changing a password ends the other sessions",
		    changing_a_password_ends_the_other_sessions },
		{ "signing out ends it", signing_out_ends_it },
		{ "codes are sent with a pause", codes_are_sent_with_a_pause },
		{ "a phone gets five codes an hour", a_phone_gets_five_codes_an_hour },
		{ "a phone gets ten codes a day", a_phone_gets_ten_codes_a_day },
		{ "an address asks for a hundred codes an hour",
		    an_address_asks_for_a_hundred_codes_an_hour },
		{ "whatever fails, nothing stays", whatever_fails_nothing_stays },
		CU_TEST_INFO_NULL,
	};

	visitor_open();
	int status = run_suite("login", tests);
	visitor_close();
	return status;
}
