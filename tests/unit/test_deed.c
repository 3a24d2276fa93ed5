#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/base/array.h"
#include "fcgi/crypto/keyring.h"
#include "fcgi/http/route.h"
#include "handlers/common/deed.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/site/routes.h"
#include "tests/fakes/deed_store.h"
#include "tests/fakes/kv_memory.h"
#include "tests/fakes/sql.h"
#include "tests/support/replied.h"
#include "tests/support/request.h"
#include "tests/support/suite.h"

#define KEY "abcdefgh-ABCDEFGH_0123"

static const struct route once_route = { .method = "POST",
	.path = "/api/v1/things",
	.gates = GATE_ONCE };
static const struct route other_route = { .method = "POST",
	.path = "/api/v1/others",
	.gates = GATE_ONCE };
static const struct route plain_route = { .method = "PUT", .path = "/api/v1/things/{id}" };

static struct req q;
static struct keyring *keyring;
static unsigned made;

static void
arrive(const struct route *route, const char *key)
{
	request_begin(&q, route->method, route->path);
	q.route = route;
	q.keyring = keyring;
	q.kv = kv_memory;
	request_person(&q, ROLE_OPERATOR, 7, 70, 0);
	request_header(&q, "HTTP_IDEMPOTENCY_KEY", key);
}

/* As a handler does it. */
static enum err
make_thing(void)
{
	SQL_TX(tx, q.db);
	TRY(fake_call());
	made++;
	return deed_done(&q, &tx, DEED_OPERATOR_ADD, "thing/42", "size=3", 201,
	    "{\"id\":42,\"name\":\"药房\"}");
}

/* As the dispatcher does it. */
static enum err
serve(void)
{
	if (q.route->gates & GATE_ONCE)
		TRY(deed_gate_once(&q));
	return q.status ? ERR_OK : make_thing();
}

static void
begin(void)
{
	fake_sql_reset();
	fake_deeds = (struct fake_deeds){ 0 };
	kv_memory_clear();
	made = 0;
}

static void
check_answer(void)
{
	CU_ASSERT_EQUAL(q.status, 201);
	CU_ASSERT_EQUAL(json_integer_value(json_object_get(replied(&q), "id")), 42);
	CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(replied(&q), "name")), "药房");
}

/* The kept answer belongs to the request's arena: copy it over to the next request. */
static void
keep_over(void)
{
	static char actor[50], token[70], route[90], body[4000];

	snprintf(actor, sizeof(actor), "%s", fake_deeds.kept.actor);
	snprintf(token, sizeof(token), "%s", fake_deeds.kept.token);
	snprintf(route, sizeof(route), "%s", fake_deeds.kept.route);
	snprintf(body, sizeof(body), "%s", fake_deeds.kept.body_sealed);
	fake_deeds.kept = (struct once){ actor, token, route, fake_deeds.kept.status, body };
}

static void
a_deed_is_in_the_audit_with_who_and_where(void)
{
	begin();
	arrive(&plain_route, NULL);
	CU_ASSERT_EQUAL(make_thing(), ERR_OK);
	check_answer();
	CU_ASSERT_EQUAL(fake_deeds.written, 1);
	CU_ASSERT_EQUAL(fake_deeds.last.role, ROLE_OPERATOR);
	CU_ASSERT_EQUAL(fake_deeds.last.user_id, 7);
	CU_ASSERT_STRING_EQUAL(fake_deeds.last.address, "192.0.2.1");
	CU_ASSERT_STRING_EQUAL(fake_deeds.last.name, "operator.add");
	CU_ASSERT_STRING_EQUAL(fake_deeds.last.object, "thing/42");
	CU_ASSERT_EQUAL(fake_deeds.last.now, q.now);
	CU_ASSERT_EQUAL(fake_sql.committed, 1);
	CU_ASSERT_PTR_NULL(fake_deeds.kept.token);
}

static void
a_repeat_gets_the_first_answer(void)
{
	begin();
	arrive(&once_route, KEY);
	CU_ASSERT_EQUAL(serve(), ERR_OK);
	check_answer();
	CU_ASSERT_STRING_EQUAL(fake_deeds.kept.actor, "2/7");
	CU_ASSERT_PTR_NULL(strstr(fake_deeds.kept.body_sealed, "\"id\""));
	keep_over();
	arrive(&once_route, KEY);
	CU_ASSERT_EQUAL(serve(), ERR_OK);
	check_answer();
	CU_ASSERT_EQUAL(made, 1);
	CU_ASSERT_EQUAL(fake_deeds.written, 1);
}

static void
a_key_is_its_owners_and_for_one_address(void)
{
	begin();
	arrive(&once_route, KEY);
	CU_ASSERT_EQUAL(serve(), ERR_OK);
	keep_over();
	arrive(&other_route, KEY);
	CU_ASSERT_EQUAL(serve(), ERR_CONFLICT);
	arrive(&once_route, KEY);
	request_person(&q, ROLE_OPERATOR, 8, 70, 0);
	CU_ASSERT_EQUAL(deed_gate_once(&q), ERR_OK);
	CU_ASSERT_EQUAL(q.status, 0); /* to be served */
	CU_ASSERT_EQUAL(made, 1);
}

static void
nobody_is_told_apart_by_his_session(void)
{
	begin();
	arrive(&once_route, KEY);
	request_person(&q, ROLE_NONE, 0, 0, 0);
	CU_ASSERT_EQUAL(serve(), ERR_OK);
	CU_ASSERT_EQUAL(strncmp(fake_deeds.kept.actor, "session/", 8), 0);
	CU_ASSERT_EQUAL(strlen(fake_deeds.kept.actor), 40); /* as wide as the column */
}

static void
a_key_that_is_none_is_refused(void)
{
	static const char *const bad[] = { NULL, "", "short", "0123456789abcde",
		"0123456789abcdef!", "0123456789abcdef 0123456789",
		"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0" };

	for (size_t i = 0; i < COUNT(bad); i++) {
		begin();
		arrive(&once_route, bad[i]);
		CU_ASSERT_EQUAL(serve(), ERR_KEY_MISSING);
		CU_ASSERT_EQUAL(fake_sql.calls, 0);
	}
}

static void
two_at_once_get_one_answer(void)
{
	begin();
	arrive(&once_route, KEY);
	CU_ASSERT_EQUAL(serve(), ERR_OK);
	keep_over();
	struct once first = fake_deeds.kept;

	begin();
	fake_deeds.first = first;
	arrive(&once_route, KEY);
	CU_ASSERT_EQUAL(serve(), ERR_OK);
	check_answer();
	CU_ASSERT_EQUAL(made, 1);
	CU_ASSERT_EQUAL(fake_sql.committed, 0);
	CU_ASSERT_EQUAL(fake_sql.rolled_back, 1);
	CU_ASSERT_EQUAL(fake_deeds.written, 0);
}

/* As the dispatcher ends it. */
static void
refuse_it(int status)
{
	CU_ASSERT_EQUAL(reply_json(&q, status, json_pack("{ss}", "code", "EXISTS")), ERR_OK);
	deed_end(&q);
}

static void
whoever_waits_is_refused_with_the_same_words(void)
{
	begin();
	arrive(&once_route, KEY);
	CU_ASSERT_EQUAL(deed_gate_once(&q), ERR_OK);
	CU_ASSERT_PTR_NOT_NULL_FATAL(q.turn);
	refuse_it(409);
	arrive(&once_route, KEY);
	CU_ASSERT_EQUAL(serve(), ERR_OK);
	CU_ASSERT_EQUAL(q.status, 409);
	CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(replied(&q), "code")), "EXISTS");
	CU_ASSERT_EQUAL(made, 0);
	/* another body is another request */
	deed_end(&q);
	arrive(&once_route, KEY);
	json_decref(q.input);
	q.input = json_pack("{ss}", "name", "corrected");
	CU_ASSERT_EQUAL(serve(), ERR_OK);
	check_answer();
}

static void
what_passes_by_itself_is_tried_again(void)
{
	static const int statuses[] = { 429, 500, 503 };

	for (size_t i = 0; i < COUNT(statuses); i++) {
		begin();
		arrive(&once_route, KEY);
		CU_ASSERT_EQUAL(deed_gate_once(&q), ERR_OK);
		refuse_it(statuses[i]);
		arrive(&once_route, KEY);
		CU_ASSERT_EQUAL(serve(), ERR_OK);
		check_answer();
	}
}

/* It was killed between its commit and its answer. */
static void
an_answer_is_given_though_the_turn_was_never_given_back(void)
{
	begin();
	arrive(&once_route, KEY);
	CU_ASSERT_EQUAL(serve(), ERR_OK);
	keep_over();
	arrive(&once_route, KEY);
	CU_ASSERT_EQUAL(serve(), ERR_OK);
	check_answer();
	CU_ASSERT_PTR_NULL(q.turn);
	CU_ASSERT_EQUAL(made, 1);
}

static enum err
without_body(int status)
{
	SQL_TX(tx, q.db);
	return deed_done(&q, &tx, DEED_OPERATOR_UNBIND, "thing/42", "", status, NULL);
}

static void
no_body_goes_with_204_only(void)
{
	begin();
	arrive(&plain_route, NULL);
	CU_ASSERT_EQUAL(without_body(204), ERR_OK);
	CU_ASSERT_EQUAL(q.status, 204);
	arrive(&plain_route, NULL);
	CU_ASSERT_EQUAL(without_body(201), ERR_INTERNAL); /* the answer was not to be had */
	CU_ASSERT_EQUAL(fake_sql.committed, 1);
	/* and is replayed as such */
	begin();
	arrive(&once_route, KEY);
	CU_ASSERT_EQUAL(without_body(204), ERR_OK);
	keep_over();
	arrive(&once_route, KEY);
	CU_ASSERT_EQUAL(deed_gate_once(&q), ERR_OK);
	CU_ASSERT_EQUAL(q.status, 204);
	CU_ASSERT_PTR_NULL(replied(&q));
}

static void
whatever_fails_nothing_stays(void)
{
	begin();
	arrive(&once_route, KEY);
	CU_ASSERT_EQUAL(serve(), ERR_OK);
	unsigned calls = fake_sql.calls;

	for (unsigned nth = 1; nth <= calls; nth++) {
		begin();
		fake_sql.fail_at = nth;
		arrive(&once_route, KEY);
		CU_ASSERT_EQUAL(serve(), ERR_UNAVAILABLE);
		CU_ASSERT_EQUAL(fake_sql.committed, 0);
		CU_ASSERT_EQUAL(fake_sql.rolled_back, fake_sql.begun);
		CU_ASSERT_PTR_NULL(replied(&q));
		CU_ASSERT_EQUAL(q.status, 0);
	}
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "a deed is in the audit with who and where",
		    a_deed_is_in_the_audit_with_who_and_where },
		{ "a repeat gets the first answer", a_repeat_gets_the_first_answer },
		{ "a key is its owner's and for one address",
		    a_key_is_its_owners_and_for_one_address },
		{ "nobody is told apart by his session", nobody_is_told_apart_by_his_session },
		{ "a key that is none is refused", a_key_that_is_none_is_refused },
		{ "two at once get one answer", two_at_once_get_one_answer },
		{ "whoever waits is refused with the same words",
		    whoever_waits_is_refused_with_the_same_words },
		{ "what passes by itself is tried again", what_passes_by_itself_is_tried_again },
		{ "an answer is given though the turn was never given back",
		    an_answer_is_given_though_the_turn_was_never_given_back },
		{ "no body goes with 204 only", no_body_goes_with_204_only },
		{ "whatever fails, nothing stays", whatever_fails_nothing_stays },
		CU_TEST_INFO_NULL,
	};
	char folder[] = "/tmp/test_deed.XXXXXX", path[64];

	if (!mkdtemp(folder))
		return 2;
	snprintf(path, sizeof(path), "%s/keyring", folder);
	if (keyring_generate(path) != ERR_OK || keyring_open(path, &keyring) != ERR_OK)
		return 2;
	int failed = run_suite("deed", tests);
	req_release(&q);
	arena_free(q.arena);
	keyring_close(keyring);
	unlink(path);
	rmdir(folder);
	return failed;
}
