#include <stdio.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "tests/support/browser.h"
#include "tests/support/redis.h"
#include "tests/support/request.h"

static void
a_first_visit_gets_a_session_and_keeps_it(void)
{
	char csrf[40];

	afresh();
	CU_ASSERT_EQUAL_FATAL(visit(), ERR_OK);
	CU_ASSERT_EQUAL(q.session->role, 0);
	CU_ASSERT_EQUAL(q.session->user_id, 0);
	CU_ASSERT_EQUAL(strlen(q.session->id), 64);
	CU_ASSERT_EQUAL(strlen(q.session->csrf), 32);
	CU_ASSERT_EQUAL(q.session->created, now);
	CU_ASSERT_EQUAL(strncmp(cookie, "jieru=", 6), 0);
	CU_ASSERT_STRING_EQUAL(cookie + 6, q.session->id);
	snprintf(csrf, sizeof(csrf), "%s", q.session->csrf);
	json_object_set_new(q.session->data, "seen", json_integer(3));
	CU_ASSERT_EQUAL(session_save(&q), ERR_OK);

	CU_ASSERT_EQUAL_FATAL(visit(), ERR_OK);
	CU_ASSERT_PTR_NULL(reply_get(&q, "Set-Cookie"));
	CU_ASSERT_STRING_EQUAL(q.session->csrf, csrf);
	CU_ASSERT_EQUAL(json_integer_value(json_object_get(q.session->data, "seen")), 3);
	CU_ASSERT_EQUAL(redis_number("DBSIZE"), 1);
}

static void
the_cookie_is_for_http_and_this_site_only(void)
{
	afresh();
	CU_ASSERT_EQUAL(visit(), ERR_OK);
	CU_ASSERT_PTR_NOT_NULL(
	    strstr(reply_get(&q, "Set-Cookie"), "; Path=/; HttpOnly; SameSite=Lax"));
	CU_ASSERT_PTR_NULL(strstr(reply_get(&q, "Set-Cookie"), "Secure"));
	config.cookie_secure = true;
	cookie[0] = '\0';
	CU_ASSERT_EQUAL(visit(), ERR_OK);
	CU_ASSERT_PTR_NOT_NULL(strstr(reply_get(&q, "Set-Cookie"), "; Secure"));
	config.cookie_secure = false;
}

static void
redis_knows_no_id_that_would_open_a_session(void)
{
	afresh();
	sign_in(2, 7, 0);
	CU_ASSERT_EQUAL(redis_number("EXISTS session:%s", q.session->id), 0);
	CU_ASSERT_EQUAL(redis_number("EXISTS %s", key_of(cookie)), 1);
	CU_ASSERT_PTR_NULL(strstr(redis_text("GET %s", key_of(cookie)), q.session->id));
	/* what a dump shows is no cookie */
	char stolen[128];
	snprintf(stolen, sizeof(stolen), "jieru=%s", key_of(cookie) + strlen("session:"));
	arrive_with(stolen);
	CU_ASSERT_EQUAL(session_load(&q), ERR_OK);
	CU_ASSERT_EQUAL(q.session->role, 0);
}

static void
ours_is_found_among_any_cookies(void)
{
	static const char *const with[] = { "%s", "a=b; %s", "%s; a=b", "a=b;%s", "a=b;   %s;",
		";;; %s", "jieru_review=x; %s", "jieru=; %s", "jieru=short; %s", "jieru; %s",
		"=; %s", "a=\"x; %s" };
	char line[512], id[sizeof(cookie)];

	afresh();
	sign_in(2, 7, 0);
	snprintf(id, sizeof(id), "%s", cookie);
	for (size_t i = 0; i < COUNT(with); i++) {
		const char *at = strstr(with[i], "%s");

		snprintf(line, sizeof(line), "%.*s%s%s", (int)(at - with[i]), with[i], id, at + 2);
		arrive_with(line);
		CU_ASSERT_EQUAL(session_load(&q), ERR_OK);
		CU_ASSERT_EQUAL(q.session->role, 2);
	}
}

static void
what_only_resembles_our_cookie_opens_nothing(void)
{
	static const char *const around[] = { "xjieru=", "jieru =", "JIERU=", "jieru_review=",
		"jieru==", "jieru=\"", "jieru= ", " =" };
	char line[4096], id[65];

	afresh();
	sign_in(2, 7, 0);
	snprintf(id, sizeof(id), "%s", q.session->id);
	for (size_t i = 0; i < COUNT(around); i++) {
		snprintf(line, sizeof(line), "%s%s", around[i], id);
		arrive_with(line);
		CU_ASSERT_EQUAL(session_load(&q), ERR_OK);
		CU_ASSERT_EQUAL(q.session->role, 0);
	}
	snprintf(line, sizeof(line), "jieru=%s0", id); /* longer, shorter, in capitals */
	arrive_with(line);
	CU_ASSERT_TRUE(session_load(&q) == ERR_OK && q.session->role == 0);
	snprintf(line, sizeof(line), "jieru=%.63s", id);
	arrive_with(line);
	CU_ASSERT_TRUE(session_load(&q) == ERR_OK && q.session->role == 0);
	snprintf(line, sizeof(line), "jieru=%.63sX; ", id);
	arrive_with(line);
	CU_ASSERT_TRUE(session_load(&q) == ERR_OK && q.session->role == 0);
	memset(line, ';', sizeof(line) - 1);
	line[sizeof(line) - 1] = '\0';
	arrive_with(line);
	CU_ASSERT_TRUE(session_load(&q) == ERR_OK && q.session->role == 0);
}

static void
an_id_of_someones_choice_is_not_taken_over(void)
{
	afresh();
	memset(cookie, 'a', sizeof(cookie));
	memcpy(cookie, "jieru=", 6);
	cookie[6 + 64] = '\0';
	char chosen[128];
	memcpy(chosen, cookie, sizeof(chosen));
	CU_ASSERT_EQUAL(visit(), ERR_OK);
	CU_ASSERT_STRING_NOT_EQUAL(cookie, chosen);
	CU_ASSERT_EQUAL(redis_number("EXISTS %s", key_of(chosen)), 0);
}

static void
signing_in_changes_id_and_token(void)
{
	char old[128], csrf[40];

	afresh();
	CU_ASSERT_EQUAL(visit(), ERR_OK);
	memcpy(old, cookie, sizeof(old));
	snprintf(csrf, sizeof(csrf), "%s", q.session->csrf);
	sign_in(2, 7, 70);
	CU_ASSERT_STRING_NOT_EQUAL(cookie, old);
	CU_ASSERT_STRING_NOT_EQUAL(q.session->csrf, csrf);
	CU_ASSERT_EQUAL(redis_number("EXISTS %s", key_of(old)), 0);
	CU_ASSERT_EQUAL(visit(), ERR_OK);
	CU_ASSERT_TRUE(q.session->role == 2 && q.session->user_id == 7);
	CU_ASSERT_EQUAL(json_integer_value(json_object_get(q.session->data, "unit_id")), 70);
}

static void
a_first_login_sends_one_cookie(void)
{
	afresh();
	arrive_with(NULL);
	CU_ASSERT_EQUAL(session_load(&q), ERR_OK);
	CU_ASSERT_EQUAL(session_begin(&q, 1, 5, json_object()), ERR_OK);
	CU_ASSERT_EQUAL(q.nheaders, 1);
	CU_ASSERT_PTR_NOT_NULL(strstr(q.headers[0].value, q.session->id));
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "a first visit gets a session and keeps it",
		    a_first_visit_gets_a_session_and_keeps_it },
		{ "the cookie is for http and this site only",
		    the_cookie_is_for_http_and_this_site_only },
		{ "Redis knows no id that would open a session",
		    redis_knows_no_id_that_would_open_a_session },
		{ "ours is found among any cookies", ours_is_found_among_any_cookies },
		{ "what only resembles our cookie opens nothing",
		    what_only_resembles_our_cookie_opens_nothing },
		{ "an id of someone's choice is not taken over",
		    an_id_of_someones_choice_is_not_taken_over },
		{ "signing in changes id and token", signing_in_changes_id_and_token },
		{ "a first login sends one cookie", a_first_login_sends_one_cookie },
		CU_TEST_INFO_NULL,
	};

	return run_with_redis("cookie", tests);
}
