/* Wrong passwords: who is locked out by them, and who never is (attempt.def). */
#include <string.h>

#include "fcgi/crypto/keyring.h"
#include "handlers/account/session.h"
#include "handlers/rules/table/limits.h"
#include "tests/fakes/people_store.h"
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
		.kind = "hospital" };
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
}

static json_t *
as(const char *account, const char *password)
{
	return json_pack("{ss ss ss ss}", "account", account, "password", password, CAPTCHA);
}

static json_t *
good(void)
{
	return as("Shili", "Sunny2026");
}

static json_t *
good_operator(void)
{
	return json_pack("{ss ss ss ss}", "phone", PHONE, "password", "Cloud2026", CAPTCHA);
}

/* Everything about the answers of one failed login after another. */
static const char *
failures(const char *account)
{
	char *all = arena_printf(visitor_q.arena, "%s", "");

	for (int i = 0; i < 7; i++) {
		enum err e = visitor_send(login_unit, 0, as(account, "Wrong2026"));

		all = arena_printf(visitor_q.arena, "%s%d %s %s\n", all, (int)e,
		    visitor_q.detail ? visitor_q.detail : "", replied(&visitor_q) ? "reply" : "");
	}
	return all;
}

static void
an_unknown_account_answers_like_a_known_one(void)
{
	somebody();
	const char *known = failures("Shili");
	CU_ASSERT_STRING_EQUAL(failures("nobody"), known);
	CU_ASSERT_PTR_NOT_NULL(strstr(known, "15 分钟"));
}

static void
five_failures_lock_and_account_and_uscc_are_one(void)
{
	somebody();
	for (int i = 0; i < 4; i++)
		CU_ASSERT_EQUAL(visitor_send(login_unit, 0, as(i % 2 ? USCC : "Shili", "Bad2026x")),
		    ERR_LOGIN_FAILED);
	CU_ASSERT_EQUAL(visitor_send(login_unit, 0, as("shili", "Bad2026x")), ERR_LOCKED);
	CU_ASSERT_EQUAL(visitor_send(login_unit, 0, good()), ERR_LOCKED);
	CU_ASSERT_EQUAL(visitor_send(login_unit, 0, as("Other", "Other2026")), ERR_OK);
}

static void
a_success_forgets_earlier_failures(void)
{
	somebody();
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 4; i++)
			CU_ASSERT_EQUAL(visitor_send(login_unit, 0, as("Shili", "Bad2026x")),
			    ERR_LOGIN_FAILED);
		CU_ASSERT_EQUAL(visitor_send(login_unit, 0, good()), ERR_OK);
	}
}

static void
one_address_cannot_try_all_accounts(void)
{
	enum err e = ERR_OK;
	int tries = 0;

	somebody();
	while (e != ERR_RATE_LIMITED && tries < 200)
		e = visitor_send(login_unit, 0,
		    as(arena_printf(visitor_q.arena, "guess%d", tries++), "Guess2026"));
	CU_ASSERT_EQUAL(tries, (int)attempt_limits[ATTEMPT_ADDRESS].most + 1);
	CU_ASSERT_PTR_NOT_NULL(visitor_q.detail);
	CU_ASSERT_EQUAL(visitor_send(login_unit, 0, good()), ERR_RATE_LIMITED);
}

/* Somebody without any cookie, from address number n, who knows the name and nothing else. */
static enum err
stranger_tries(const char *account, int n)
{
	visitor_other_browser();
	visitor_address = arena_printf(visitor_q.arena, "203.0.113.%d", n);
	return visitor_send(login_unit, 0, as(account, "Guess2026"));
}

/* From so many addresses, five times each; the text of the last refusal. */
static const char *
strangers_try(const char *account, int addresses)
{
	for (int i = 0; i < addresses * 5; i++)
		(void)!stranger_tries(account, i / 5);
	return visitor_q.detail ? visitor_q.detail : "";
}

static void
strangers_lock_themselves_out_and_never_the_owner(void)
{
	somebody();
	CU_ASSERT_EQUAL_FATAL(visitor_send(login_unit, 0, good()), ERR_OK);
	char *browser = arena_printf(visitor_q.arena, "%s", visitor_cookies());
	strangers_try("Shili", 40);
	CU_ASSERT_EQUAL(stranger_tries("Shili", 41), ERR_LOCKED); /* who never tried before */
	CU_ASSERT_PTR_NOT_NULL(strstr(visitor_q.detail, "找回密码"));

	visitor_browser_again(browser); /* his browser, wherever he is */
	visitor_address = "198.51.100.7";
	CU_ASSERT_EQUAL(visitor_send(login_unit, 0, good()), ERR_OK);
	visitor_other_browser(); /* another browser, where he has been */
	CU_ASSERT_EQUAL(visitor_send(login_unit, 0, good()), ERR_OK);
	visitor_other_browser(); /* neither: as good as a stranger */
	visitor_address = "198.51.100.8";
	CU_ASSERT_EQUAL(visitor_send(login_unit, 0, good()), ERR_LOCKED);
}

static void
one_who_sits_beside_the_owner_does_not_lock_him_out(void)
{
	somebody();
	CU_ASSERT_EQUAL_FATAL(visitor_send(login_unit, 0, good()), ERR_OK);
	char *browser = arena_printf(visitor_q.arena, "%s", visitor_cookies());
	visitor_other_browser();
	for (int i = 0; i < 100; i++) /* his account, and then any, until the address is stopped */
		(void)!visitor_send(login_unit, 0,
		    as(i < 10 ? "Shili" : arena_printf(visitor_q.arena, "any%d", i), "Bad2026x"));
	CU_ASSERT_EQUAL(visitor_send(login_unit, 0, good()), ERR_RATE_LIMITED);
	visitor_browser_again(browser);
	CU_ASSERT_EQUAL(visitor_send(login_unit, 0, good()), ERR_OK);
}

static void
in_his_own_browser_five_failures_lock_too(void)
{
	somebody();
	CU_ASSERT_EQUAL_FATAL(visitor_send(login_unit, 0, good()), ERR_OK);
	for (int i = 0; i < 4; i++)
		CU_ASSERT_EQUAL(visitor_send(login_unit, 0, as("Shili", "Bad2026x")),
		    ERR_LOGIN_FAILED);
	CU_ASSERT_EQUAL(visitor_send(login_unit, 0, as("Shili", "Bad2026x")), ERR_LOCKED);
	CU_ASSERT_EQUAL(visitor_send(login_unit, 0, good()), ERR_LOCKED);
	CU_ASSERT_EQUAL(visitor_send(login_unit, 0, as("Other", "Other2026")), ERR_OK);
}

static void
an_unknown_account_is_locked_with_the_same_words(void)
{
	somebody();
	const char *known = strangers_try("Shili", 12);
	const char *same = arena_printf(visitor_q.arena, "%s", known);
	CU_ASSERT_PTR_NOT_NULL(strstr(same, "24 小时"));
	CU_ASSERT_STRING_EQUAL(strangers_try("nobody", 12), same);
}

/* He has no 找回密码. */
static void
an_officer_is_sent_to_the_administrator(void)
{
	somebody();
	people.staff = (struct staff){ .id = 5,
		.account = "gz01",
		.password = "hashed:Moon2026",
		.bureau_id = 3,
		.role = ROLE_OFFICER };
	for (int i = 0; i < 60; i++) {
		visitor_other_browser();
		visitor_address = arena_printf(visitor_q.arena, "203.0.113.%d", i / 5);
		(void)!visitor_send(login_officer, 0, as("gz01", "Guess2026"));
	}
	CU_ASSERT_PTR_NOT_NULL(strstr(visitor_q.detail, "系统管理员"));
	CU_ASSERT_PTR_NULL(strstr(visitor_q.detail, "找回密码"));
}

static void
a_browser_nobody_signed_in_from_gets_a_cookie_of_ours(void)
{
	static const char planted[] =
	    "jieru=; jieru_device="
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

	somebody();
	visitor_browser_again(planted);
	CU_ASSERT_EQUAL_FATAL(visitor_send(login_unit, 0, good()), ERR_OK);
	CU_ASSERT_PTR_NULL(strstr(visitor_cookies(), "aaaaaaaa"));
	char *browser = arena_printf(visitor_q.arena, "%s", strstr(visitor_cookies(), "; "));
	CU_ASSERT_EQUAL_FATAL(visitor_send(login_operator, 0, good_operator()), ERR_OK);
	CU_ASSERT_STRING_EQUAL(strstr(visitor_cookies(), "; "), browser); /* one for both */
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "an unknown account answers like a known one",
		    an_unknown_account_answers_like_a_known_one },
		{ "five failures lock, and account and uscc are one",
		    five_failures_lock_and_account_and_uscc_are_one },
		{ "a success forgets earlier failures", a_success_forgets_earlier_failures },
		{ "one address cannot try all accounts", one_address_cannot_try_all_accounts },
		{ "strangers lock themselves out, and never the owner",
		    strangers_lock_themselves_out_and_never_the_owner },
		{ "one who sits beside the owner does not lock him out",
		    one_who_sits_beside_the_owner_does_not_lock_him_out },
		{ "in his own browser five failures lock too",
		    in_his_own_browser_five_failures_lock_too },
		{ "an unknown account is locked with the same words",
		    an_unknown_account_is_locked_with_the_same_words },
		{ "an officer is sent to the administrator",
		    an_officer_is_sent_to_the_administrator },
		{ "a browser nobody signed in from gets a cookie of ours",
		    a_browser_nobody_signed_in_from_gets_a_cookie_of_ours },
		CU_TEST_INFO_NULL,
	};

	visitor_open();
	int status = run_suite("lockout", tests);
	visitor_close();
	return status;
}
