#include <stdio.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "tests/support/browser.h"
#include "tests/support/redis.h"
#include "tests/support/request.h"

static void
it_ends_so_long_after_the_last_request(void)
{
	afresh();
	sign_in(2, 7, 0);
	const char *key = key_of(cookie);
	int64_t ttl = redis_number("TTL %s", key);
	CU_ASSERT_TRUE(ttl > IDLE - 5 && ttl <= IDLE);
	CU_ASSERT_EQUAL(redis_number("EXPIRE %s 9", key), 1);
	CU_ASSERT_EQUAL(visit(), ERR_OK);
	CU_ASSERT_TRUE(redis_number("TTL %s", key_of(cookie)) > IDLE - 5);
	CU_ASSERT_EQUAL(redis_number("DEL %s", key_of(cookie)), 1); /* its time is over */
	CU_ASSERT_EQUAL(visit(), ERR_OK);
	CU_ASSERT_EQUAL(q.session->role, 0);
}

static void
it_ends_so_long_after_the_login_whatever_is_done(void)
{
	int64_t login = now;

	afresh();
	sign_in(2, 7, 0);
	for (now = login; now < login + MAX; now += 600) {
		CU_ASSERT_EQUAL(visit(), ERR_OK);
		CU_ASSERT_EQUAL(q.session->role, 2);
		CU_ASSERT_EQUAL(session_renew(&q, json_object()), ERR_OK); /* a unit is chosen */
		keep_cookie();
	}
	now = login + MAX;
	CU_ASSERT_TRUE(visit() == ERR_OK && q.session->role == 2);
	now = login + MAX + 1;
	CU_ASSERT_TRUE(visit() == ERR_OK && q.session->role == 0);
	now = login;
}

static void
signing_in_again_begins_a_new_life(void)
{
	int64_t login = now;
	char old[128];

	afresh();
	sign_in(2, 7, 0);
	memcpy(old, cookie, sizeof(old));
	now = login + MAX - 60;
	sign_in(2, 7, 0); /* with the password, in the same browser */
	CU_ASSERT_STRING_NOT_EQUAL(cookie, old);
	CU_ASSERT_EQUAL(q.session->created, now);
	CU_ASSERT_EQUAL(redis_number("EXISTS %s", key_of(old)), 0);
	now = login + MAX + 60;
	CU_ASSERT_TRUE(visit() == ERR_OK && q.session->role == 2);
	now = login;
}

static void
signing_out_leaves_nothing(void)
{
	char old[128];

	afresh();
	sign_in(2, 7, 0);
	memcpy(old, cookie, sizeof(old));
	CU_ASSERT_EQUAL(visit(), ERR_OK);
	CU_ASSERT_EQUAL(session_end(&q), ERR_OK);
	CU_ASSERT_PTR_NOT_NULL(strstr(reply_get(&q, "Set-Cookie"), "jieru=; "));
	CU_ASSERT_EQUAL(redis_number("DBSIZE"), 0);
	arrive_with(old);
	CU_ASSERT_TRUE(session_load(&q) == ERR_OK && q.session->role == 0);
}

/* One browser each: their cookies. */
static void
three_browsers(char browsers[3][128], const int64_t units[3])
{
	afresh();
	for (int i = 0; i < 3; i++) {
		cookie[0] = '\0';
		sign_in(2, 7, units[i]);
		memcpy(browsers[i], cookie, 128);
	}
}

static unsigned
role_of(const char *kept)
{
	arrive_with(kept);
	return session_load(&q) == ERR_OK ? q.session->role : 99;
}

static void
a_new_password_ends_all_other_sessions(void)
{
	char browsers[3][128], other[128];

	three_browsers(browsers, (const int64_t[]){ 1, 1, 1 });
	cookie[0] = '\0';
	sign_in(2, 8, 1); /* someone else */
	memcpy(other, cookie, 128);
	arrive_with(browsers[1]);
	CU_ASSERT_EQUAL(session_load(&q), ERR_OK);
	CU_ASSERT_EQUAL(session_end_all(&q, 2, 7, NULL, 0, q.session->id), ERR_OK);
	CU_ASSERT_EQUAL(role_of(browsers[0]), 0);
	CU_ASSERT_EQUAL(role_of(browsers[1]), 2);
	CU_ASSERT_EQUAL(role_of(browsers[2]), 0);
	CU_ASSERT_EQUAL(role_of(other), 2);
	CU_ASSERT_EQUAL(session_end_all(&q, 2, 7, NULL, 0, NULL), ERR_OK);
	CU_ASSERT_EQUAL(role_of(browsers[1]), 0);
	CU_ASSERT_EQUAL(role_of(other), 2);
	CU_ASSERT_EQUAL(session_end_all(&q, 1, 8, NULL, 0, NULL), ERR_OK); /* another role */
	CU_ASSERT_EQUAL(role_of(other), 2);
}

static void
only_the_sessions_for_one_unit_end(void)
{
	char browsers[3][128];

	three_browsers(browsers, (const int64_t[]){ 1, 2, 0 });
	CU_ASSERT_EQUAL(session_end_all(&q, 2, 7, "unit_id", 2, NULL), ERR_OK);
	CU_ASSERT_EQUAL(role_of(browsers[0]), 2);
	CU_ASSERT_EQUAL(role_of(browsers[1]), 0);
	CU_ASSERT_EQUAL(role_of(browsers[2]), 2);
}

static void
a_session_ended_elsewhere_does_not_come_back(void)
{
	afresh();
	sign_in(2, 7, 0);
	CU_ASSERT_EQUAL(visit(), ERR_OK);
	CU_ASSERT_EQUAL(redis_number("DEL %s", key_of(cookie)), 1); /* in the middle of it */
	CU_ASSERT_EQUAL(session_save(&q), ERR_UNAUTHENTICATED);
	CU_ASSERT_EQUAL(session_renew(&q, json_object()), ERR_UNAUTHENTICATED);
	CU_ASSERT_EQUAL(redis_number("EXISTS %s", key_of(cookie)), 0);
	CU_ASSERT_PTR_NULL(reply_get(&q, "Set-Cookie"));
	CU_ASSERT_EQUAL(visit(), ERR_OK);
	CU_ASSERT_EQUAL(q.session->role, 0);
	sign_in(2, 7, 0); /* with the password one gets in */
	CU_ASSERT_EQUAL(visit(), ERR_OK);
	CU_ASSERT_EQUAL(q.session->role, 2);
}

static void
sessions_that_ran_out_are_not_remembered(void)
{
	afresh();
	for (int i = 0; i < 20; i++) {
		cookie[0] = '\0';
		sign_in(2, 7, 0);
		CU_ASSERT_EQUAL(redis_number("DEL %s", key_of(cookie)), 1);
	}
	CU_ASSERT_EQUAL(redis_number("SCARD sessions:2/7"), 1);
}

static void
what_is_kept_but_none_of_ours_is_no_session(void)
{
	static const char *const kept[] = { "", "x", "[]", "{}", "null", "{\"csrf\":1}",
		"{\"csrf\":\"c\",\"role\":-1,\"user\":1,\"created\":1700000000,\"data\":{}}",
		"{\"csrf\":\"c\",\"role\":32,\"user\":1,\"created\":1700000000,\"data\":{}}",
		"{\"csrf\":\"c\",\"role\":2,\"user\":1,\"created\":1700000000,\"data\":[]}",
		"{\"csrf\":\"c\",\"role\":2,\"user\":1,\"created\":1700000000}" };
	char old[128];

	for (size_t i = 0; i < COUNT(kept); i++) {
		afresh();
		sign_in(2, 7, 0);
		memcpy(old, cookie, sizeof(old));
		CU_ASSERT_STRING_EQUAL(redis_text("SET %s %s", key_of(old), kept[i]), "OK");
		CU_ASSERT_TRUE(visit() == ERR_OK && q.session->role == 0);
		CU_ASSERT_STRING_NOT_EQUAL(cookie, old);
	}
}

static void
without_redis_nobody_is_let_in(void)
{
	afresh();
	sign_in(2, 7, 0);
	CU_ASSERT_EQUAL(visit(), ERR_OK);
	redis_stop();
	CU_ASSERT_EQUAL(session_save(&q), ERR_UNAVAILABLE);
	CU_ASSERT_EQUAL(session_begin(&q, 2, 7, json_object()), ERR_UNAVAILABLE);
	CU_ASSERT_EQUAL(session_renew(&q, json_object()), ERR_UNAVAILABLE);
	CU_ASSERT_EQUAL(session_end(&q), ERR_UNAVAILABLE);
	CU_ASSERT_EQUAL(session_end_all(&q, 2, 7, NULL, 0, NULL), ERR_UNAVAILABLE);
	CU_ASSERT_EQUAL(visit(), ERR_UNAVAILABLE);
	CU_ASSERT_PTR_NULL(q.session);
	redis_start(); /* empty: everybody has to log in again, at the first request */
	CU_ASSERT_EQUAL(visit(), ERR_OK);
	CU_ASSERT_EQUAL(q.session->role, 0);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "it ends so long after the last request",
		    it_ends_so_long_after_the_last_request },
		{ "it ends so long after the login, whatever is done",
		    it_ends_so_long_after_the_login_whatever_is_done },
		{ "signing in again begins a new life", signing_in_again_begins_a_new_life },
		{ "signing out leaves nothing", signing_out_leaves_nothing },
		{ "a new password ends all other sessions",
		    a_new_password_ends_all_other_sessions },
		{ "only the sessions for one unit end", only_the_sessions_for_one_unit_end },
		{ "a session ended elsewhere does not come back",
		    a_session_ended_elsewhere_does_not_come_back },
		{ "sessions that ran out are not remembered",
		    sessions_that_ran_out_are_not_remembered },
		{ "what is kept but none of ours is no session",
		    what_is_kept_but_none_of_ours_is_no_session },
		{ "without Redis nobody is let in", without_redis_nobody_is_let_in },
		CU_TEST_INFO_NULL,
	};

	return run_with_redis("session", tests);
}
