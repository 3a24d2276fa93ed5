#include <stdio.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/http/query.h"
#include "fcgi/http/request.h"
#include "fcgi/http/route.h"
#include "fcgi/http/session.h"
#include "tests/support/replied.h"
#include "tests/support/suite.h"

static struct req q;

static void
ask(const char *query)
{
	req_release(&q);
	query_read(&q, query);
}

static void
the_query_is_decoded(void)
{
	ask("name=%E7%8E%8B+%e6%85%a2&empty=&b=%2B%26%3D%25");
	CU_ASSERT_STRING_EQUAL(query_get(&q, "name"), "王 慢");
	CU_ASSERT_STRING_EQUAL(query_get(&q, "empty"), "");
	CU_ASSERT_STRING_EQUAL(query_get(&q, "b"), "+&=%");
	CU_ASSERT_PTR_NULL(query_get(&q, "nam"));
	ask("%61=1&a=2");
	CU_ASSERT_STRING_EQUAL(query_get(&q, "a"), "1"); /* the first counts */
}

static void
what_is_malformed_counts_as_not_sent(void)
{
	static const char *const bad[] = { "", "&&", "a", "=1", "a=%", "a=%4", "a=%zz", "a=%00",
		"a=x%00y", "%00=1", "a=%ff", "a=%c0%80", "a=%ed%a0%80", "a=%f4%90%80%80",
		"a=%e7%8e", "a=%0a", "a=%0d%0aSet-Cookie:x", "a=\x01", "a=%e2%80%ae", "a=%%41" };
	char with[64];

	for (size_t i = 0; i < COUNT(bad); i++) {
		ask(bad[i]);
		CU_ASSERT_EQUAL(q.nquery, 0);
		snprintf(with, sizeof(with), "%s&b=2", bad[i]);
		ask(with); /* it takes nothing with it */
		CU_ASSERT_STRING_EQUAL(query_get(&q, "b"), "2");
	}
}

static void
more_parameters_than_the_limit_are_left(void)
{
	char long_query[QUERY_MAX * 2 * 4 + 1] = "";

	for (size_t i = 0; i < QUERY_MAX * 2; i++)
		memcpy(long_query + i * 4, i == QUERY_MAX ? "z=1&" : "a=1&", 4);
	ask(long_query);
	CU_ASSERT_EQUAL(q.nquery, QUERY_MAX);
	CU_ASSERT_PTR_NULL(query_get(&q, "z"));
}

struct toy_query {
	int64_t n;
	const char *word;
};
static const struct choice words[] = { { "a", "A", NULL }, { "b", "B", NULL }, { 0 } };
static const struct field toy_fields[] = {
	FIELD(struct toy_query, n, .min = -3, .max = 10),
	FIELD(struct toy_query, word, .max = 5, .choices = words, .hint = "no such word"),
};
static const struct form toy_query = FORM("toy", toy_fields);

static void
a_number_is_a_number_or_the_fallback(void)
{
	static const struct {
		const char *query;
		int64_t value;
	} cases[] = { { "n=5", 5 }, { "n=-3", -3 }, { "n=10", 10 }, { "n=007", 7 }, { "n=", 9 },
		{ "n=11", 9 }, { "n=-4", 9 }, { "n=5x", 9 }, { "n=+5", 9 }, { "n=%2B5", 9 },
		{ "n=%095", 9 }, { "n=0x5", 9 }, { "n=5.0", 9 }, { "n=-", 9 }, { "n=--5", 9 },
		{ "m=5", 9 }, { "n=99999999999999999999", 9 }, { "n=-99999999999999999999", 9 },
		{ "n=5%20", 9 } };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct toy_query in = { .n = 9 };

		ask(cases[i].query);
		CU_ASSERT_EQUAL(query_bind(&q, &toy_query, &in), ERR_OK);
		CU_ASSERT_EQUAL(in.n, cases[i].value);
	}
}

static void
a_text_is_judged_by_its_row(void)
{
	struct toy_query in = { .word = "a" };

	ask("word=&x=1");
	CU_ASSERT_EQUAL(query_bind(&q, &toy_query, &in), ERR_OK);
	CU_ASSERT_STRING_EQUAL(in.word, "a");
	ask("word=%20b%20");
	CU_ASSERT_EQUAL(query_bind(&q, &toy_query, &in), ERR_OK);
	CU_ASSERT_STRING_EQUAL(in.word, "b");
	ask("word=c&n=5");
	CU_ASSERT_EQUAL(query_bind(&q, &toy_query, &in), ERR_INVALID);
	CU_ASSERT_EQUAL(q.errors.count, 1);
	CU_ASSERT_STRING_EQUAL(q.errors.list[0].name, "word");
	CU_ASSERT_STRING_EQUAL(q.errors.list[0].text, "no such word");
}

static void
the_route_names_its_query(void)
{
	static const struct route one = { .path = "/one" },
				  other = { .path = "/other", .query = &toy_query };
	struct toy_query in = { 0 };

	ask("n=5");
	q.route = &one;
	CU_ASSERT_EQUAL(query_bind(&q, &toy_query, &in), ERR_INTERNAL);
	q.route = &other;
	CU_ASSERT_EQUAL(query_bind(&q, &toy_query, &in), ERR_OK);
	q.route = NULL;
}

static void
of_several_answers_the_last_counts(void)
{
	req_release(&q);
	CU_ASSERT_EQUAL(reply_bytes(&q, "image/png", "png", 3), ERR_OK);
	CU_ASSERT_EQUAL(reply_json(&q, 201, json_pack("{si}", "a", 1)), ERR_OK);
	CU_ASSERT_EQUAL(reply_json(&q, 202, json_pack("{si}", "a", 2)), ERR_OK);
	CU_ASSERT_EQUAL(q.status, 202);
	CU_ASSERT_STRING_EQUAL(q.content_type, "application/json");
	CU_ASSERT_EQUAL(json_integer_value(json_object_get(replied(&q), "a")), 2);
	CU_ASSERT_EQUAL(reply_bytes(&q, "image/png", "png", 3), ERR_OK);
	CU_ASSERT_EQUAL(q.nbytes, 3);
	CU_ASSERT_EQUAL(reply_empty(&q, 204), ERR_OK);
	CU_ASSERT_PTR_NULL(q.bytes);
	CU_ASSERT_EQUAL(q.nbytes, 0);
	CU_ASSERT_EQUAL(reply_json(&q, 200, NULL), ERR_INTERNAL);
	CU_ASSERT_EQUAL(q.status, 204);
}

static void
a_header_is_sent_once_and_on_one_line(void)
{
	req_release(&q);
	reply_header(&q, "Set-Cookie", "a=1");
	reply_header(&q, "Location", "/x\r\nSet-Cookie: evil=1\x7f");
	reply_header(&q, "set-cookie", "a=2");
	CU_ASSERT_EQUAL_FATAL(q.nheaders, 2);
	CU_ASSERT_STRING_EQUAL(q.headers[0].value, "a=2");
	CU_ASSERT_STRING_EQUAL(q.headers[1].value, "/x__Set-Cookie: evil=1_");
	for (size_t i = 0; i + 2 < REPLY_HEADERS_MAX; i++)
		reply_header(&q, arena_printf(q.arena, "X-%zu", i), "1");
	reply_header(&q, "X-0", "full, and still replaced");
	CU_ASSERT_EQUAL(q.nheaders, REPLY_HEADERS_MAX);
}

static void
refusals_add_up_to_the_limit(void)
{
	req_release(&q);
	for (size_t i = 0; i < FORM_FIELDS_MAX + 3; i++)
		CU_ASSERT_EQUAL(refuse_field(&q, "f", "t"), ERR_INVALID);
	CU_ASSERT_EQUAL(q.errors.count, FORM_FIELDS_MAX);
	CU_ASSERT_EQUAL(refuse(&q, ERR_CONFLICT, "另有"), ERR_CONFLICT);
	CU_ASSERT_STRING_EQUAL(q.detail, "另有");
}

static void
a_released_request_keeps_only_what_the_process_keeps(void)
{
	struct kv *kv = (struct kv *)&q; /* never looked into */
	struct arena *arena = q.arena;

	q.kv = kv;
	q.input = json_pack("{s[i]}", "a", 1);
	q.session = ARENA_NEW(q.arena, struct session);
	q.session->data = json_object();
	CU_ASSERT_EQUAL(reply_json(&q, 200, json_object()), ERR_OK);
	q.key = "x";
	req_release(&q);
	CU_ASSERT_PTR_EQUAL(q.kv, kv);
	CU_ASSERT_PTR_EQUAL(q.arena, arena);
	q.kv = NULL;
	CU_ASSERT_PTR_NULL(q.input);
	CU_ASSERT_PTR_NULL(replied(&q));
	CU_ASSERT_PTR_NULL(q.session);
	CU_ASSERT_PTR_NULL(q.key);
	CU_ASSERT_EQUAL(q.status, 0);
	req_release(&q); /* twice does no harm */
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "the query is decoded", the_query_is_decoded },
		{ "what is malformed counts as not sent", what_is_malformed_counts_as_not_sent },
		{ "more parameters than the limit are left",
		    more_parameters_than_the_limit_are_left },
		{ "a number is a number or the fallback", a_number_is_a_number_or_the_fallback },
		{ "a text is judged by its row", a_text_is_judged_by_its_row },
		{ "the route names its query", the_route_names_its_query },
		{ "of several answers the last counts", of_several_answers_the_last_counts },
		{ "a header is sent once and on one line", a_header_is_sent_once_and_on_one_line },
		{ "refusals add up to the limit", refusals_add_up_to_the_limit },
		{ "a released request keeps only what the process keeps",
		    a_released_request_keeps_only_what_the_process_keeps },
		CU_TEST_INFO_NULL,
	};

	q.arena = arena_new(1 << 20);
	int failed = run_suite("request", tests);
	arena_free(q.arena);
	return failed;
}
