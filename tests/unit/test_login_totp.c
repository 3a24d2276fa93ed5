#include <string.h>

#include "fcgi/crypto/keyring.h"
#include "fcgi/http/session.h"
#include "handlers/account/second_factor.h"
#include "handlers/account/session.h"
#include "handlers/account/totp_code.h"
#include "handlers/common/who.h"
#include "tests/fakes/people_store.h"
#include "tests/fakes/sql.h"
#include "tests/fakes/visitor.h"
#include "tests/support/suite.h"

#define STEP (VISITOR_NOW / TOTP_STEP)

static void
an_officer(void)
{
	visitor_clear();
	visitor_totp("required");
	people.staff = (struct staff){ .id = 5,
		.account = "gz01",
		.name = "黎海珊",
		.password = "hashed:Moon2026",
		.bureau_id = 3,
		.role = ROLE_OFFICER };
}

static json_t *
known(void)
{
	return json_pack("{ss ss ss ss}", "account", "gz01", "password", "Moon2026", "captcha_id",
	    "0123456789abcdef0123456789abcdef", "captcha", "abcd");
}

/* A code of the secret that waits in the session, or of the officer's own. */
static json_t *
code_of(int64_t step)
{
	char *secret = NULL;
	const char *kept = json_string_value(json_object_get(visitor_q.session->data, "totp"));

	CU_ASSERT_EQUAL_FATAL(keyring_unseal(visitor_q.keyring, visitor_q.arena, "staff.totp#gz01",
				  people.staff.totp_sealed ? people.staff.totp_sealed : kept,
				  &secret),
	    ERR_OK);
	return json_pack("{ss}", "code",
	    arena_printf(visitor_q.arena, "%06d", (int)totp_code(secret, step)));
}

static void
the_first_login_sets_an_authenticator_up(void)
{
	an_officer();
	CU_ASSERT_EQUAL_FATAL(visitor_send(login_officer, 0, known()), ERR_OK);
	CU_ASSERT_STRING_EQUAL(visitor_answer("second_factor"), "enrol");
	CU_ASSERT_EQUAL(visitor_send(totp_check, 0, json_pack("{ss}", "code", "123456")),
	    ERR_WRONG_STATE);
	CU_ASSERT_EQUAL_FATAL(visitor_send(totp_secret_new, 0, NULL), ERR_OK);
	CU_ASSERT_EQUAL(strlen(visitor_answer("secret")), 32);
	CU_ASSERT_PTR_NOT_NULL(strstr(visitor_answer("uri"), visitor_answer("secret")));
	CU_ASSERT_EQUAL(visitor_send(totp_check, 0, code_of(STEP + 2)), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("code"));
	CU_ASSERT_PTR_NULL(people.staff.totp_sealed);
	CU_ASSERT_EQUAL_FATAL(visitor_send(totp_check, 0, code_of(STEP)), ERR_OK);
	CU_ASSERT_PTR_NULL(who_second(&visitor_q));
	CU_ASSERT_PTR_NOT_NULL(people.staff.totp_sealed);
	CU_ASSERT_EQUAL(visitor_send(totp_secret_new, 0, NULL), ERR_WRONG_STATE);
}

/* Signed in with the password; the authenticator has been there before. */
static void
at_the_code(void)
{
	an_officer();
	people.staff.totp_sealed = keyring_seal(visitor_q.keyring, visitor_q.arena,
	    "staff.totp#gz01", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
	CU_ASSERT_EQUAL_FATAL(visitor_send(login_officer, 0, known()), ERR_OK);
	CU_ASSERT_STRING_EQUAL(visitor_answer("second_factor"), "code");
	fake_sql_reset();
}

static void
each_code_counts_once(void)
{
	at_the_code();
	visitor_totp("optional"); /* who has one needs it all the same */
	CU_ASSERT_EQUAL_FATAL(visitor_send(login_officer, 0, known()), ERR_OK);
	CU_ASSERT_STRING_EQUAL(visitor_answer("second_factor"), "code");
	const char *before = arena_strndup(visitor_q.arena, visitor_q.session->id, 64);
	CU_ASSERT_EQUAL_FATAL(visitor_send(totp_check, 0, code_of(STEP)), ERR_OK);
	CU_ASSERT_STRING_NOT_EQUAL(visitor_q.session->id, before);
	CU_ASSERT_EQUAL(who_bureau(&visitor_q), 3);
	CU_ASSERT_EQUAL_FATAL(visitor_send(login_officer, 0, known()), ERR_OK);
	CU_ASSERT_EQUAL(visitor_send(totp_check, 0, code_of(STEP)), ERR_INVALID);
	CU_ASSERT_EQUAL(visitor_send(totp_check, 0, code_of(STEP - 1)), ERR_INVALID);
	CU_ASSERT_EQUAL(visitor_send(totp_check, 0, code_of(STEP + 1)), ERR_OK);
}

static void
without_an_authenticator_optional_asks_nothing(void)
{
	an_officer();
	visitor_totp("optional");
	CU_ASSERT_EQUAL_FATAL(visitor_send(login_officer, 0, known()), ERR_OK);
	CU_ASSERT_PTR_NULL(who_second(&visitor_q));
}

static void
five_wrong_codes_end_the_session(void)
{
	at_the_code();
	for (int i = 0; i < 5; i++)
		CU_ASSERT_EQUAL(visitor_send(totp_check, 0, code_of(7)), ERR_INVALID);
	CU_ASSERT_EQUAL(visitor_send(totp_check, 0, code_of(STEP)), ERR_LOCKED);
	CU_ASSERT_EQUAL(visitor_sessions(ROLE_OFFICER, 5), 0);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "the first login sets an authenticator up",
		    the_first_login_sets_an_authenticator_up },
		{ "each code counts once", each_code_counts_once },
		{ "without an authenticator, optional asks nothing",
		    without_an_authenticator_optional_asks_nothing },
		{ "five wrong codes end the session", five_wrong_codes_end_the_session },
		CU_TEST_INFO_NULL,
	};

	visitor_open();
	int status = run_suite("login_totp", tests);
	visitor_close();
	return status;
}
