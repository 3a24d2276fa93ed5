#include <string.h>

#include "fcgi/crypto/keyring.h"
#include "fcgi/store/kv.h"
#include "handlers/account/password.h"
#include "handlers/account/session.h"
#include "handlers/rules/table/limits.h"
#include "tests/fakes/kv_memory.h"
#include "tests/fakes/people_store.h"
#include "tests/fakes/sql.h"
#include "tests/fakes/visitor.h"
#include "tests/support/replied.h"
#include "tests/support/suite.h"

#define USCC "91350100M000100Y43"
#define LEGAL_PHONE "13900000001"
#define OPERATOR_PHONE "13800000001"
#define CODE "123456"

static char *
seal(const char *purpose, const char *text)
{
	return keyring_seal(visitor_q.keyring, visitor_q.arena, purpose, text);
}

static void
send_code_for(const char *purpose, const char *phone)
{
	visitor_sms_code(purpose, phone, CODE);
}

static void
send_code(const char *phone)
{
	send_code_for("reset", phone);
}

static json_t *
name_account(const char *account)
{
	return json_pack("{ss ss ss}", "account", account, "captcha_id",
	    "0123456789abcdef0123456789abcdef", "captcha", "abcd");
}

/* The unit, its operator, and step 1 done. */
static void
begun(void)
{
	visitor_clear();
	people.units[0] = (struct unit){ .id = 7,
		.account = "Shili",
		.uscc = USCC,
		.password = "hashed:Sunny2026",
		.name = "示例医院",
		.kind = "hospital",
		.legal_name_sealed = seal("unit.legal_name", "示例法人"),
		.legal_id_type = "passport",
		.legal_id_sealed = seal("unit.legal_id", "E12345678"),
		.legal_phone_sealed = seal("unit.legal_phone", LEGAL_PHONE) };
	people.operators[0] = (struct operator){ .id = 9,
		.name = "王小慢",
		.phone_index = keyring_index(visitor_q.keyring, visitor_q.arena, "operator.phone",
		    OPERATOR_PHONE) };
	people.bindings[0] = (struct binding){ .id = 1, .unit_id = 7, .operator_id = 9 };
	CU_ASSERT_EQUAL_FATAL(visitor_send(password_reset_begin, 0, name_account("shili")), ERR_OK);
	send_code(LEGAL_PHONE);
	send_code(OPERATOR_PHONE);
	fake_sql_reset();
}

static json_t *
by_legal_person(void)
{
	return json_pack("{ss ss ss ss ss ss ss ss ss ss ss}", "unit_name", "示例医院", "uscc",
	    USCC, "legal_name", "示例法人", "legal_id_type", "passport", "legal_id_no", "e12345678",
	    "verifier", "legal", "verifier_name", "示例法人", "phone", LEGAL_PHONE, "password",
	    "Fresh2026", "password2", "Fresh2026", "sms_code", CODE);
}

static json_t *
by_operator(void)
{
	json_t *input = by_legal_person();

	json_object_set_new(input, "verifier", json_string("operator"));
	json_object_set_new(input, "verifier_name", json_string("王小慢"));
	json_object_set_new(input, "phone", json_string(OPERATOR_PHONE));
	return input;
}

static void
both_verifiers_can_reset(void)
{
	begun();
	CU_ASSERT_EQUAL(visitor_send(password_reset_finish, 0, by_legal_person()), ERR_OK);
	CU_ASSERT_STRING_EQUAL(people.units[0].password, "hashed:Fresh2026");
	begun();
	CU_ASSERT_EQUAL(visitor_send(password_reset_finish, 0, by_operator()), ERR_OK);
	CU_ASSERT_STRING_EQUAL(people.units[0].password, "hashed:Fresh2026");
	CU_ASSERT_EQUAL(visitor_q.status, 204);
}

static void
it_needs_step_1_and_is_over_afterwards(void)
{
	visitor_clear();
	CU_ASSERT_EQUAL(visitor_send(password_reset_finish, 0, by_legal_person()), ERR_WRONG_STATE);
	begun();
	CU_ASSERT_EQUAL(visitor_send(password_reset_finish, 0, by_legal_person()), ERR_OK);
	CU_ASSERT_EQUAL(visitor_send(password_reset_finish, 0, by_legal_person()), ERR_WRONG_STATE);
}

/* What a stranger sees of one attempt with one thing wrong. */
static const char *
mismatch(const char *name, const char *value)
{
	json_t *input = by_legal_person();

	begun();
	json_object_set_new(input, name, json_string(value));
	enum err e = visitor_send(password_reset_finish, 0, input);
	CU_ASSERT_EQUAL(e, ERR_INVALID);
	CU_ASSERT_EQUAL(visitor_q.errors.count, 0);
	CU_ASSERT_STRING_EQUAL(people.units[0].password, "hashed:Sunny2026");
	return visitor_q.detail ? visitor_q.detail : "";
}

static void
no_mismatch_says_which(void)
{
	char text[200];

	strncpy(text, mismatch("unit_name", "别的医院"), sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	CU_ASSERT(strlen(text) > 0);
	CU_ASSERT_STRING_EQUAL(mismatch("uscc", "91512081MA62K0260E"), text);
	CU_ASSERT_STRING_EQUAL(mismatch("legal_name", "别人"), text);
	CU_ASSERT_STRING_EQUAL(mismatch("legal_id_no", "E87654321"), text);
	CU_ASSERT_STRING_EQUAL(mismatch("verifier_name", "别人"), text);
	CU_ASSERT_STRING_EQUAL(mismatch("phone", OPERATOR_PHONE), text); /* proven, and not his */
}

static void
the_same_number_on_another_paper_is_another(void)
{
	json_t *input = by_legal_person();

	begun();
	people.units[0].legal_id_type = "hkmo_permit";
	people.units[0].legal_id_sealed = seal("unit.legal_id", "H12345678");
	json_object_set_new(input, "legal_id_no", json_string("H12345678"));
	CU_ASSERT_EQUAL(visitor_send(password_reset_finish, 0, input), ERR_INVALID);
	CU_ASSERT_EQUAL(visitor_q.errors.count, 0);
	CU_ASSERT_STRING_EQUAL(people.units[0].password, "hashed:Sunny2026");
}

static void
an_unknown_account_looks_the_same(void)
{
	begun();
	people.units[0].id = 0; /* nobody has that account */
	CU_ASSERT_EQUAL(visitor_send(password_reset_begin, 0, name_account("ghost")), ERR_OK);
	CU_ASSERT_EQUAL(visitor_q.status, 200);
	CU_ASSERT_EQUAL(json_object_size(replied(&visitor_q)), 0);
	send_code(LEGAL_PHONE);
	CU_ASSERT_EQUAL(visitor_send(password_reset_finish, 0, by_legal_person()), ERR_INVALID);
	CU_ASSERT_EQUAL(visitor_q.errors.count, 0);
}

static void
a_stranger_to_the_unit_cannot_verify(void)
{
	begun();
	people.bindings[0].unit_id = 8;
	CU_ASSERT_EQUAL(visitor_send(password_reset_finish, 0, by_operator()), ERR_INVALID);
	begun();
	people.operators[0].name = "李四";
	CU_ASSERT_EQUAL(visitor_send(password_reset_finish, 0, by_operator()), ERR_INVALID);
	CU_ASSERT_EQUAL(fake_sql.begun, 0);
}

static json_t *
login_with(const char *password)
{
	return json_pack("{ss ss ss ss}", "account", "shili", "password", password, "captcha_id",
	    "0123456789abcdef0123456789abcdef", "captcha", "abcd");
}

static void
a_reset_ends_sessions_and_locks(void)
{
	begun();
	for (int i = 0; i < 5; i++)
		CU_ASSERT_NOT_EQUAL(visitor_send(login_unit, 0, login_with("Wrong2026")), ERR_OK);
	CU_ASSERT_EQUAL(visitor_send(login_unit, 0, login_with("Sunny2026")), ERR_LOCKED);
	visitor_sign_in(ROLE_UNIT, 7, 7, 0); /* elsewhere */
	visitor_other_browser();
	visitor_sign_in(ROLE_UNIT, 7, 7, 0);
	CU_ASSERT_EQUAL(visitor_sessions(ROLE_UNIT, 7), 2);
	CU_ASSERT_EQUAL(visitor_send(password_reset_begin, 0, name_account(USCC)), ERR_OK);
	send_code(LEGAL_PHONE);
	CU_ASSERT_EQUAL(visitor_send(password_reset_finish, 0, by_legal_person()), ERR_OK);
	CU_ASSERT_EQUAL(visitor_sessions(ROLE_UNIT, 7), 0);
	CU_ASSERT_EQUAL(visitor_send(session_show, 0, NULL), ERR_OK);
	CU_ASSERT_STRING_EQUAL(visitor_answer("kind"), "none");
	CU_ASSERT_EQUAL(visitor_send(login_unit, 0, login_with("Fresh2026")), ERR_OK);
}

/* ---- a 经办人 by himself --------------------------------------------------- */

static void
forgetful(void)
{
	begun();
	people.operators[0].id_type = "passport";
	people.operators[0].id_sealed = seal("operator.id", "E12345678");
	people.operators[0].phone_sealed = seal("operator.phone", OPERATOR_PHONE);
	people.operators[0].password = "hashed:Cloud2026";
	people.operators[0].must_change = true;
	people.operators[0].password_until = VISITOR_NOW + 60;
	send_code_for("operator_reset", OPERATOR_PHONE);
	fake_sql_reset();
}

static json_t *
by_himself(void)
{
	return json_pack("{ss ss ss ss ss ss}", "phone", OPERATOR_PHONE, "name", "王小慢", "id_no",
	    "e12345678", "password", "Fresh2026", "password2", "Fresh2026", "sms_code", CODE);
}

static json_t *
his_login(const char *password)
{
	return json_pack("{ss ss ss ss}", "phone", OPERATOR_PHONE, "password", password,
	    "captcha_id", "0123456789abcdef0123456789abcdef", "captcha", "abcd");
}

static void
an_operator_recovers_by_his_phone(void)
{
	forgetful();
	for (int i = 0; i < 5; i++)
		CU_ASSERT_NOT_EQUAL(visitor_send(login_operator, 0, his_login("Wrong2026")),
		    ERR_OK);
	visitor_sign_in(ROLE_OPERATOR, 9, 7, 0);
	send_code_for("operator_reset", OPERATOR_PHONE);
	CU_ASSERT_EQUAL_FATAL(visitor_send(password_reset_operator, 0, by_himself()), ERR_OK);
	CU_ASSERT_EQUAL(visitor_q.status, 204);
	CU_ASSERT_STRING_EQUAL(people.operators[0].password, "hashed:Fresh2026");
	CU_ASSERT_FALSE(people.operators[0].must_change);
	CU_ASSERT_EQUAL(people.operators[0].password_until, 0);
	CU_ASSERT_EQUAL(visitor_sessions(ROLE_OPERATOR, 9), 0);
	CU_ASSERT_EQUAL(visitor_send(login_operator, 0, his_login("Fresh2026")), ERR_OK);
	/* the code was used up */
	CU_ASSERT_EQUAL(visitor_send(password_reset_operator, 0, by_himself()), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("sms_code"));
}

/* What is said when one thing is wrong and the code is right. */
static const char *
told(const char *name, const char *value)
{
	json_t *input = by_himself();

	forgetful();
	if (strcmp(name, "phone") == 0)
		send_code_for("operator_reset", value);
	json_object_set_new(input, name, json_string(value));
	CU_ASSERT_EQUAL(visitor_send(password_reset_operator, 0, input), ERR_INVALID);
	CU_ASSERT_EQUAL(visitor_q.errors.count, 0);
	CU_ASSERT_STRING_EQUAL(people.operators[0].password, "hashed:Cloud2026");
	return visitor_q.detail ? visitor_q.detail : "";
}

static void
a_phone_nobody_has_is_told_the_same_as_a_wrong_name(void)
{
	char wrong[200];

	strncpy(wrong, told("name", "别人"), sizeof(wrong) - 1);
	wrong[sizeof(wrong) - 1] = '\0';
	CU_ASSERT(strlen(wrong) > 0);
	CU_ASSERT_STRING_EQUAL(told("id_no", "E87654321"), wrong);
	CU_ASSERT_STRING_EQUAL(told("phone", "13800000002"), wrong);
}

static void
a_code_for_one_purpose_is_none_for_another(void)
{
	forgetful();
	kv_memory_clear();
	send_code(OPERATOR_PHONE); /* purpose "reset" */
	CU_ASSERT_EQUAL(visitor_send(password_reset_operator, 0, by_himself()), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("sms_code"));
}

static void
whatever_fails_nothing_stays(void)
{
	CU_ASSERT(visitor_torture(forgetful, password_reset_operator, 0, by_himself) > 5);
	CU_ASSERT(visitor_torture(begun, password_reset_finish, 0, by_legal_person) > 5);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "both verifiers can reset", both_verifiers_can_reset },
		{ "it needs step 1 and is over afterwards",
		    it_needs_step_1_and_is_over_afterwards },
		{ "no mismatch says which", no_mismatch_says_which },
		{ "the same number on another paper is another",
		    the_same_number_on_another_paper_is_another },
		{ "an unknown account looks the same", an_unknown_account_looks_the_same },
		{ "a stranger to the unit cannot verify", a_stranger_to_the_unit_cannot_verify },
		{ "a reset ends sessions and locks", a_reset_ends_sessions_and_locks },
		{ "an operator recovers by his phone", an_operator_recovers_by_his_phone },
		{ "a phone nobody has is told the same as a wrong name",
		    a_phone_nobody_has_is_told_the_same_as_a_wrong_name },
		{ "a code for one purpose is none for another",
		    a_code_for_one_purpose_is_none_for_another },
		{ "whatever fails, nothing stays", whatever_fails_nothing_stays },
		CU_TEST_INFO_NULL,
	};

	visitor_open();
	int status = run_suite("password_reset", tests);
	visitor_close();
	return status;
}
