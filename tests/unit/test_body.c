#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/http/dispatch.h"
#include "tests/support/replied.h"
#include "tests/support/request.h"
#include "tests/support/suite.h"

/* What dispatch() makes of a request's body. */

#define BODY_MAX 5000u

struct thing {
	const char *name;
};
static const struct field fields[] = {
	FIELD(struct thing, name, .required = true, .min = 1, .max = 5, .hint = "请填写"),
};
static const struct form thing_form = FORM("thing", fields);

static enum err
bind(struct req *r)
{
	struct thing thing = { 0 };

	TRY(form_bind(&thing_form, r, NULL, FORM_SUBMIT, &thing));
	return reply_empty(r, 204);
}

static const struct route rows[] = {
	{ "POST", "/bind", bind, WHO_ANYONE, 0, BODY_MAX, 0, &thing_form, NULL, NULL },
	{ "POST", "/nothing", bind, WHO_ANYONE, 0, 0, 0, NULL, NULL, NULL },
};
static const struct route_table table = { rows, 2 };
static const struct program program = { .routes = &table };
static struct req q;

static void
send(const char *path, const char *body, size_t size)
{
	request_begin(&q, "POST", path);
	request_header(&q, "CONTENT_TYPE", "application/json");
	request_body(&q, body, size);
}

/* The status, and the code of the problem in `code`. */
static const char *code;
static int
ask(void)
{
	dispatch(&program, &q);
	const char *found = json_string_value(json_object_get(replied(&q), "code"));
	code = found ? found : "";
	return q.status;
}

static void
a_body_that_is_no_json_object_is_refused(void)
{
	static const char *const bad[] = { "", " ", "{", "}", "[]", "1", "\"a\"", "null", "{}{}",
		"{} x", "{\"a\":1,\"a\":2}", "{\"a\":\"\\u0000\"}", "{\"a\":\"\xff\"}",
		"{\"a\":\"\xc0\x80\"}", "{\"a\":\"\xed\xa0\x80\"}", "{\"a\":\"\\ud800\"}",
		"{\"a\":\"\x01\"}", "{'a':1}", "{\"a\":01}", "{\"a\":1,}", "{a:1}",
		"\xef\xbb\xbf{}", "{\"a\":99999999999999999999}", "{\"a\":1e999}", "{\"a\":NaN}",
		"{\"a\\u0000\":1}" };

	for (size_t i = 0; i < COUNT(bad); i++) {
		send("/bind", bad[i], strlen(bad[i]));
		CU_ASSERT_EQUAL(ask(), 400);
		CU_ASSERT_STRING_EQUAL(code, "BAD_REQUEST");
	}
	send("/bind", "{\"name\":\"a\0b\"}", 14);
	CU_ASSERT_EQUAL(ask(), 400);
	send("/bind", "{\"name\":\"a\"}\0", 13);
	CU_ASSERT_EQUAL(ask(), 400);
	/* cut off on its way */
	send("/bind", "{\"name\":\"a\"}", 12);
	q.body_length = 13;
	CU_ASSERT_EQUAL(ask(), 400);
}

static void
nesting_has_an_end(void)
{
	char deep[BODY_MAX];

	for (unsigned levels = 4; levels <= BODY_MAX / 2; levels *= 2) {
		memset(deep, '[', levels);
		memset(deep + levels, ']', levels);
		send("/bind", deep, 2 * (size_t)levels);
		CU_ASSERT_EQUAL(ask(), 400);
	}
	/* nor does it help inside an object */
	memcpy(deep, "{\"name\":[[[[[[[[]]]]]]]]}", 25);
	send("/bind", deep, 25);
	CU_ASSERT_EQUAL(ask(), 422);
}

static void
only_json_is_taken_for_json(void)
{
	static const struct {
		const char *type;
		int status;
	} types[] = { { "application/json", 204 }, { "application/json; charset=utf-8", 204 },
		{ "Application/JSON;charset=UTF-8", 204 }, { "application/json ", 204 },
		{ "application/jsonp", 415 }, { "application/json+x", 415 }, { "text/plain", 415 },
		{ "application/x-www-form-urlencoded", 415 }, { "multipart/form-data", 415 },
		{ "", 415 }, { NULL, 415 }, { " application/json", 415 },
		{ "application/jso", 415 } };

	for (size_t i = 0; i < COUNT(types); i++) {
		send("/bind", "{\"name\":\"a\"}", 12);
		request_header(&q, "CONTENT_TYPE", types[i].type);
		CU_ASSERT_EQUAL(ask(), types[i].status);
	}
}

static void
a_body_longer_than_the_row_says_is_not_read(void)
{
	static char body[BODY_MAX + 1];

	memset(body, ' ', sizeof(body));
	memcpy(body, "{\"name\":\"a\"}", 12);
	send("/bind", body, BODY_MAX);
	CU_ASSERT_EQUAL(ask(), 204);
	send("/bind", body, BODY_MAX + 1);
	CU_ASSERT_EQUAL(ask(), 413);
	send("/bind", "", 0);
	q.body_length = INT64_MAX;
	CU_ASSERT_EQUAL(ask(), 413);
	send("/nothing", "x", 1);
	CU_ASSERT_EQUAL(ask(), 413);
}

static void
refused_fields_are_named(void)
{
	send("/bind", "{\"name\":\"toolong\",\"state\":\"APPLIED\"}", 36);
	CU_ASSERT_EQUAL(ask(), 422);
	const json_t *errors = json_object_get(replied(&q), "errors");
	CU_ASSERT_EQUAL_FATAL(json_array_size(errors), 2);
	const json_t *first = json_array_get(errors, 0), *second = json_array_get(errors, 1);
	CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(first, "field")), "name");
	CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(first, "text")), "请填写");
	CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(second, "field")), "state");
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "a body that is no JSON object is refused",
		    a_body_that_is_no_json_object_is_refused },
		{ "nesting has an end", nesting_has_an_end },
		{ "only JSON is taken for JSON", only_json_is_taken_for_json },
		{ "a body longer than the row says is not read",
		    a_body_longer_than_the_row_says_is_not_read },
		{ "refused fields are named", refused_fields_are_named },
		CU_TEST_INFO_NULL,
	};

	int failed = run_suite("body", tests);
	req_release(&q);
	arena_free(q.arena);
	return failed;
}
