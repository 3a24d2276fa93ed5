#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/http/dispatch.h"
#include "tests/support/browser.h"
#include "tests/support/redis.h"
#include "tests/support/replied.h"
#include "tests/support/request.h"

enum { GATE_A = GATE_DOMAIN << 0, GATE_B = GATE_DOMAIN << 1 };
#define MEMBER 2u
#define BODY_MAX 5000u
#define ORIGIN "http://localhost:8080"

static char trace[16]; /* who was asked, in order: r(eady) a b (gates) h(andler) */
static enum err of_a, of_b;
static bool b_answers;

static void
note(char c)
{
	size_t used = strlen(trace);

	if (used + 1 < sizeof(trace))
		trace[used] = c, trace[used + 1] = '\0';
}

static void
ready(struct req *r)
{
	(void)r;
	note('r');
}

static enum err
gate_a(struct req *r)
{
	(void)r;
	note('a');
	return of_a;
}

static enum err
gate_b(struct req *r)
{
	note('b');
	return b_answers ? reply_json(r, 201, json_pack("{ss}", "kept", "answer")) : of_b;
}

static enum err
done(struct req *r)
{
	note('h');
	return r->input ? reply_json(r, 200, json_incref(r->input)) : reply_empty(r, 204);
}

/* Fails with the error of this number, after it has promised a file. */
static enum err
fail(struct req *r)
{
	reply_header(r, "X-Accel-Redirect", "/_store/secret");
	reply_header(r, "Tus-Resumable", "1.0.0");
	if (reply_bytes(r, "application/pdf", "%PDF", 4) != ERR_OK)
		return ERR_INTERNAL;
	return r->id == 99 ? ERR_OK : (enum err)r->id;
}

static enum err
say_nothing(struct req *r)
{
	(void)r;
	return ERR_OK;
}

static const struct form any = { .name = "any" };

#define WRITE (GATE_SESSION | GATE_CSRF)
/* clang-format off */
static const struct route rows[] = {
	{ "GET",  "/open",      done,        WHO_ANYONE,  0,                       0,        0, NULL, NULL, NULL },
	{ "POST", "/all",       done,        WHO(MEMBER), WRITE | GATE_A | GATE_B, BODY_MAX, 2, &any, NULL, NULL },
	{ "POST", "/write",     done,        WHO_ANYONE,  WRITE,                   BODY_MAX, 0, &any, NULL, NULL },
	{ "POST", "/no-gate",   done,        WHO_ANYONE,  GATE_CSRF,               0,        0, NULL, NULL, NULL },
	{ "GET",  "/limited",   done,        WHO_ANYONE,  0,                       0,        2, NULL, NULL, NULL },
	{ "GET",  "/nobody",    done,        0,           GATE_SESSION,            0,        0, NULL, NULL, NULL },
	{ "GET",  "/fail/{id}", fail,        WHO_ANYONE,  0,                       0,        0, NULL, NULL, NULL },
	{ "GET",  "/silence",   say_nothing, WHO_ANYONE,  0,                       0,        0, NULL, NULL, NULL },
};
/* clang-format on */
static const struct route_table table = { rows, COUNT(rows) };
static const struct gate_row gates[] = { { GATE_A, gate_a }, { GATE_B, gate_b } };
static int last_status; /* as the program's end saw it */

static void
ended(struct req *r)
{
	last_status = r->status;
}

static const struct program program = { .routes = &table,
	.gates = gates,
	.ngates = 2,
	.ready = ready,
	.done = ended };

static char token[40]; /* of the session the browser has */

/* Signed in as `role`, with the token a page would know. */
static void
become(unsigned role)
{
	sign_in(role, 7, 0);
	snprintf(token, sizeof(token), "%s", q.session->csrf);
}

static void
prepare(const char *method, const char *path)
{
	arrive_with(*cookie ? cookie : NULL);
	q.method = method;
	q.path = path;
	q.request_id = "00ff";
	trace[0] = '\0';
	of_a = of_b = ERR_OK;
	b_answers = false;
}

static void
send(const char *body, size_t size)
{
	request_header(&q, "CONTENT_TYPE", "application/json");
	request_body(&q, body, size);
}

/* The status, and the code of the problem in `code`. */
static const char *code;
static int
ask(void)
{
	last_status = 0;
	dispatch(&program, &q);
	CU_ASSERT_EQUAL(last_status, q.status);
	const char *found = json_string_value(json_object_get(replied(&q), "code"));
	code = found ? found : "";
	return q.status;
}

/* Everything is wrong at first; each step repairs what was told. */
static void
the_gates_are_asked_in_one_order(void)
{
	static const char *const told[] = { "NOT_FOUND", "METHOD", "TOO_LARGE", "UNAUTHENTICATED",
		"FORBIDDEN", "CSRF", "UNSUPPORTED_TYPE", "BAD_REQUEST", "CONFLICT", "EXISTS", "" };
	char other[128], member[128];

	afresh();
	become(1);
	memcpy(other, cookie, sizeof(other));
	cookie[0] = '\0';
	become(MEMBER);
	memcpy(member, cookie, sizeof(member));
	for (size_t step = 0; step < COUNT(told); step++) {
		snprintf(cookie, sizeof(cookie), "%s", step >= 5 ? member : step == 4 ? other : "");
		prepare(step >= 2 ? "POST" : "GET", step >= 1 ? "/all" : "/al");
		if (step >= 3)
			request_body(&q, step >= 8 ? "{}" : "{]", 2);
		else
			q.body_length = BODY_MAX + 1;
		request_header(&q, "CONTENT_TYPE", step >= 7 ? "application/json" : "text/plain");
		request_header(&q, "HTTP_X_CSRF_TOKEN", step >= 6 ? token : "wrong");
		of_a = step >= 9 ? ERR_OK : ERR_CONFLICT;
		of_b = step >= 10 ? ERR_OK : ERR_EXISTS;
		redis_text("DEL rate:POST/all/2.7 rate:POST/all/1.7");
		ask();
		CU_ASSERT_STRING_EQUAL(code, told[step]);
		CU_ASSERT_STRING_EQUAL(trace, step < 8    ? "r"
					      : step == 8 ? "ra"
					      : step == 9 ? "rab"
							  : "rabh");
	}
	CU_ASSERT_EQUAL(q.status, 200);
}

static void
a_change_needs_token_and_origin(void)
{
	static const char *const origins[] = { NULL, "", ORIGIN, "http://127.0.0.1:8080",
		"http://localhost:80", ORIGIN "0", "http://localhost", "null",
		"http://evil.example", ORIGIN ",http://127.0.0.1:8080", ",",
		"HTTP://LOCALHOST:8080" };
	static const char *const sites[] = { NULL, "", "same-origin", "same-site", "cross-site",
		"none", "same-origin " };
	char wrong[40], shorter[40], longer[40];

	afresh();
	become(MEMBER);
	snprintf(wrong, sizeof(wrong), "%s", token);
	wrong[31] = wrong[31] == '0' ? '1' : '0';
	snprintf(shorter, sizeof(shorter), "%.31s", token);
	snprintf(longer, sizeof(longer), "%.32s0", token);
	const char *const tokens[] = { token, NULL, "", wrong, shorter, longer };
	for (size_t t = 0; t < 6; t++)
		for (size_t o = 0; o < COUNT(origins); o++)
			for (size_t s = 0; s < COUNT(sites); s++) {
				prepare("POST", "/write");
				send("{}", 2);
				request_header(&q, "HTTP_X_CSRF_TOKEN", tokens[t]);
				request_header(&q, "HTTP_ORIGIN", origins[o]);
				request_header(&q, "HTTP_SEC_FETCH_SITE", sites[s]);
				int status = ask();
				CU_ASSERT_EQUAL(status, t == 0 && o < 4 && s < 3 ? 200 : 403);
			}
	prepare("POST", "/write"); /* someone else's token */
	memcpy(wrong, token, sizeof(wrong));
	cookie[0] = '\0';
	become(MEMBER);
	prepare("POST", "/write");
	send("{}", 2);
	request_header(&q, "HTTP_X_CSRF_TOKEN", wrong);
	CU_ASSERT_EQUAL(ask(), 403);
	prepare("POST", "/no-gate"); /* a row that forgot the session lets nobody in */
	request_header(&q, "HTTP_X_CSRF_TOKEN", "");
	CU_ASSERT_EQUAL(ask(), 403);
}

static void
a_row_without_people_lets_nobody_in(void)
{
	for (unsigned role = 0; role <= 31; role++) {
		afresh();
		if (role)
			become(role);
		prepare("GET", "/nobody");
		CU_ASSERT_EQUAL(ask(), role ? 403 : 401);
		CU_ASSERT_STRING_EQUAL(trace, "r");
	}
}

static void
every_error_has_one_shape(void)
{
	char path[32];

	for (enum err e = ERR_OK + 1; e < ERR__COUNT; e++) {
		const struct err_info *info = err_info(e);

		snprintf(path, sizeof(path), "/fail/%d", (int)e);
		prepare("GET", path);
		CU_ASSERT_EQUAL(ask(), info->status);
		CU_ASSERT_TRUE(info->status >= 400 && info->status < 600);
		CU_ASSERT_STRING_EQUAL(code, info->key);
		CU_ASSERT_STRING_EQUAL(q.content_type, "application/problem+json");
		json_t *expected =
		    json_pack("{ss ss si ss s[] ss}", "type", "about:blank", "title", info->text,
			"status", info->status, "code", info->key, "errors", "request", "00ff");
		CU_ASSERT_TRUE(json_equal(replied(&q), expected));
		json_decref(expected);
		/* what belonged to the reply that was not sent stays here, the rest goes along */
		CU_ASSERT_PTR_NULL(reply_get(&q, "X-Accel-Redirect"));
		CU_ASSERT_PTR_NOT_NULL(reply_get(&q, "Tus-Resumable"));
	}
	prepare("GET", "/fail/99");
	CU_ASSERT_EQUAL(ask(), 200);
	CU_ASSERT_PTR_NOT_NULL(reply_get(&q, "X-Accel-Redirect"));
	prepare("GET", "/silence");
	CU_ASSERT_EQUAL(ask(), 500);
}

static void
what_an_error_says_need_not_be_utf8(void)
{
	prepare("GET", "/open/x");
	q.detail = "另有原因";
	CU_ASSERT_EQUAL(ask(), 404);
	CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(replied(&q), "detail")),
	    "另有原因");
	prepare("GET", "/open/x");
	q.detail = "\xff";
	q.request_id = "\xfe";
	CU_ASSERT_EQUAL(ask(), 404);
	CU_ASSERT_PTR_NULL(json_object_get(replied(&q), "detail"));
	prepare("GET", "/open/x");
	q.request_id = NULL;
	CU_ASSERT_EQUAL(ask(), 404);
}

static void
a_gate_that_answers_replaces_the_handler(void)
{
	afresh();
	become(MEMBER);
	prepare("POST", "/all");
	send("{}", 2);
	request_header(&q, "HTTP_X_CSRF_TOKEN", token);
	b_answers = true;
	CU_ASSERT_EQUAL(ask(), 201);
	CU_ASSERT_STRING_EQUAL(trace, "rab");
	CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(replied(&q), "kept")), "answer");
	CU_ASSERT_STRING_EQUAL(q.content_type, "application/json");
}

static int
visit_limited(const char *address)
{
	prepare("GET", "/limited");
	q.address = address;
	return ask();
}

static void
too_many_requests_are_refused_by_address(void)
{
	afresh();
	config.address_factor = 2; /* addresses hold several people */
	for (int i = 0; i < 4; i++)
		CU_ASSERT_EQUAL(visit_limited("192.0.2.1"), 204);
	CU_ASSERT_EQUAL(visit_limited("192.0.2.1"), 429);
	int left = atoi(reply_get(&q, "Retry-After"));
	CU_ASSERT_TRUE(left > 0 && left <= 60);
	CU_ASSERT_EQUAL(visit_limited("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"), 204);
	redis_stop();
	CU_ASSERT_EQUAL(visit_limited("192.0.2.2"), 503); /* nothing is let through uncounted */
	redis_start();
	CU_ASSERT_EQUAL(visit_limited("192.0.2.1"), 204);
}

static void
who_has_to_sign_in_is_counted_for_himself(void)
{
	afresh();
	become(MEMBER);
	for (int i = 0; i < 3; i++) {
		prepare("POST", "/all");
		send("{}", 2);
		request_header(&q, "HTTP_X_CSRF_TOKEN", token);
		CU_ASSERT_EQUAL(ask(), i < 2 ? 200 : 429);
	}
	cookie[0] = '\0';
	sign_in(MEMBER, 8, 0); /* his neighbour behind the same address */
	snprintf(token, sizeof(token), "%s", q.session->csrf);
	prepare("POST", "/all");
	send("{}", 2);
	request_header(&q, "HTTP_X_CSRF_TOKEN", token);
	CU_ASSERT_EQUAL(ask(), 200);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "the gates are asked in one order", the_gates_are_asked_in_one_order },
		{ "a change needs token and origin", a_change_needs_token_and_origin },
		{ "a row without people lets nobody in", a_row_without_people_lets_nobody_in },
		{ "every error has one shape", every_error_has_one_shape },
		{ "what an error says need not be UTF-8", what_an_error_says_need_not_be_utf8 },
		{ "a gate that answers replaces the handler",
		    a_gate_that_answers_replaces_the_handler },
		{ "too many requests are refused by address",
		    too_many_requests_are_refused_by_address },
		{ "who has to sign in is counted for himself",
		    who_has_to_sign_in_is_counted_for_himself },
		CU_TEST_INFO_NULL,
	};

	config.origins = ORIGIN ",http://127.0.0.1:8080";
	config.address_factor = config.person_factor = 1;
	return run_with_redis("dispatch", tests);
}
