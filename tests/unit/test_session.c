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

static void
whoever_only_looks_leaves_nothing(void)
{
	char first[128], csrf[64];

	afresh();
	CU_ASSERT_EQUAL(visit(), ERR_OK);
	memcpy(first, cookie, sizeof(first));
	snprintf(csrf, sizeof(csrf), "%s", q.session->csrf);
	now += MAX;
	CU_ASSERT_EQUAL(visit(), ERR_OK); /* the same one: its token is the one the page has */
	CU_ASSERT_STRING_EQUAL(cookie, first);
	CU_ASSERT_STRING_EQUAL(q.session->csrf, csrf);
	CU_ASSERT_EQUAL(q.session->created, now - MAX);
	now += 1;
	CU_ASSERT_EQUAL(visit(), ERR_OK); /* its life is over, whatever was done */
	CU_ASSERT_STRING_NOT_EQUAL(cookie, first);
	CU_ASSERT_STRING_NOT_EQUAL(q.session->csrf, csrf);
	CU_ASSERT_EQUAL(redis_number("DBSIZE"), 0);
	now -= MAX + 1;
}

static void
an_id_somebody_made_up_is_none(void)
{
	char old[128];

	afresh();
	CU_ASSERT_EQUAL(visit(), ERR_OK);
	for (size_t i = 0; i < 64; i++) { /* any digit of it */
		char *digit = strchr(cookie, '=') + 1 + i;

		*digit = *digit == '0' ? '1' : '0';
		memcpy(old, cookie, sizeof(old));
		CU_ASSERT_EQUAL(visit(), ERR_OK);
		CU_ASSERT_STRING_NOT_EQUAL(cookie, old);
	}
	now -=
	    61; /* made in the future: clocks of hosts differ by less, and no id outlives its time */
	memcpy(old, cookie, sizeof(old));
	CU_ASSERT_EQUAL(visit(), ERR_OK);
	CU_ASSERT_STRING_NOT_EQUAL(cookie, old);
	memcpy(old, cookie, sizeof(old));
	now -= 59; /* by another host a moment ahead */
	CU_ASSERT_EQUAL(visit(), ERR_OK);
	CU_ASSERT_STRING_EQUAL(cookie, old);
	now += 120;
}

static void
what_is_kept_for_nobody_ends_too(void)
{
	int64_t began = now;
	char first[128];

	afresh();
	CU_ASSERT_EQUAL(visit(), ERR_OK);
	memcpy(first, cookie, sizeof(first));
	json_object_set_new(q.session->data, "a", json_true());
	CU_ASSERT_EQUAL(session_save(&q), ERR_OK);
	CU_ASSERT_EQUAL(redis_number("EXISTS %s", key_of(cookie)), 1);
	for (; now <= began + MAX; now += IDLE / 2) {
		CU_ASSERT_EQUAL(visit(), ERR_OK);
		CU_ASSERT_TRUE(json_is_true(json_object_get(q.session->data, "a")));
	}
	now = began + MAX + 1;
	CU_ASSERT_EQUAL(visit(), ERR_OK);
	CU_ASSERT_STRING_NOT_EQUAL(cookie, first);
	CU_ASSERT_PTR_NULL(json_object_get(q.session->data, "a"));
	now = began;
}

static void
a_network_begins_so_many_and_no_more(void)
{
	afresh();
	for (int i = 0; i < SESSIONS_ANONYMOUS; i++) {
		cookie[0] = '\0';
		CU_ASSERT_EQUAL(visit(), ERR_OK);
		CU_ASSERT_EQUAL(session_save(&q), ERR_OK);
	}
	CU_ASSERT_EQUAL(session_save(&q), ERR_OK); /* the last one goes on */
	cookie[0] = '\0';
	CU_ASSERT_EQUAL(visit(), ERR_OK);
	q.address = "192.0.2.77"; /* a neighbour */
	CU_ASSERT_EQUAL(session_save(&q), ERR_RATE_LIMITED);
	CU_ASSERT_PTR_NOT_NULL(strstr(q.detail, "分钟后再试"));
	CU_ASSERT_PTR_NOT_NULL(reply_get(&q, "Retry-After"));
	CU_ASSERT_EQUAL(redis_number("EXISTS %s", key_of(cookie)), 0);
	q.address = "192.0.3.1";
	CU_ASSERT_EQUAL(session_save(&q), ERR_OK);
	cookie[0] = '\0';
	sign_in(2, 7, 0); /* whoever signs in is not counted */
	CU_ASSERT_TRUE(visit() == ERR_OK && q.session->role == 2);
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
		{ "whoever only looks leaves nothing", whoever_only_looks_leaves_nothing },
		{ "an id somebody made up is none", an_id_somebody_made_up_is_none },
		{ "what is kept for nobody ends, too", what_is_kept_for_nobody_ends_too },
		{ "a network begins so many, and no more", a_network_begins_so_many_and_no_more },
		{ "without Redis nobody is let in", without_redis_nobody_is_let_in },
		CU_TEST_INFO_NULL,
	};

	return run_with_redis("session", tests);
}
