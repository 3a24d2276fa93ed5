#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/http/route.h"
#include "tests/support/suite.h"

#define KEY "00112233445566778899aabbccddeeff"

static const struct route rows[] = {
	{ .method = "GET", .path = "/things" },
	{ .method = "POST", .path = "/things" },
	{ .method = "GET", .path = "/things/new" },
	{ .method = "GET", .path = "/things/{id}" },
	{ .method = "PUT", .path = "/things/{id}/state" },
	{ .method = "GET", .path = "/files/{key}" },
	{ .method = "GET", .path = "/files/{key}/{word}/{word}.pdf" },
	{ .method = "HEAD", .path = "/files/{key}" },
	{ .method = "DELETE", .path = "/files/{word}" },
};
static const struct route_table table = { rows, COUNT(rows) };
static struct req q;

static enum err
find(const char *method, const char *path)
{
	req_release(&q);
	q.method = method;
	q.path = path;
	return route_find(&table, &q);
}

static void
each_row_is_found_by_its_own_address(void)
{
	static const char *const paths[] = { "/things", "/things", "/things/new", "/things/7",
		"/things/7/state", "/files/" KEY, "/files/" KEY "/test/pay-ment.pdf", "/files/" KEY,
		"/files/old-ones" };

	for (size_t i = 0; i < table.count; i++) {
		CU_ASSERT_EQUAL(find(rows[i].method, paths[i]), ERR_OK);
		CU_ASSERT_PTR_EQUAL(q.route, &rows[i]);
	}
}

static void
what_the_path_named_is_kept(void)
{
	CU_ASSERT_EQUAL(find("GET", "/things/9007199254740993"), ERR_OK);
	CU_ASSERT_EQUAL(q.id, 9007199254740993);
	CU_ASSERT_PTR_NULL(q.key);
	CU_ASSERT_EQUAL(find("GET", "/files/" KEY "/test/pay-ment.pdf"), ERR_OK);
	CU_ASSERT_STRING_EQUAL(q.key, KEY);
	CU_ASSERT_STRING_EQUAL(q.word[0], "test");
	CU_ASSERT_STRING_EQUAL(q.word[1], "pay-ment");
	CU_ASSERT_EQUAL(q.id, 0);
}

static void
a_path_that_only_resembles_a_row_is_none(void)
{
	static const char *const others[] = { "", "/", "things", "/thing", "/things/", "//things",
		"/things//7", "/things/0", "/things/-1", "/things/+1", "/things/07", "/things/7/",
		"/things/7x", "/things/99999999999999999999", "/things/9223372036854775808",
		"/files/" KEY "0", "/files/00112233445566778899AABBCCDDEEFF", "/files/",
		"/files/" KEY "/a/b/c.pdf", "/files/" KEY "/a//b.pdf", "/files/" KEY "/A/b.pdf",
		"/files/" KEY "/../b.pdf", "/files/" KEY "/a/.pdf", "/files/" KEY "/a/b.pdf\n",
		"/files/" KEY "/a/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.pdf", "/things?x",
		"/things/{id}", "/THINGS" };

	for (size_t i = 0; i < COUNT(others); i++) {
		CU_ASSERT_EQUAL(find("GET", others[i]), ERR_NOT_FOUND);
		CU_ASSERT_PTR_NULL(q.route);
		CU_ASSERT_EQUAL(q.nheaders, 0);
	}
}

static void
another_method_is_told_which_ones_there_are(void)
{
	static const struct {
		const char *method, *path, *allow;
	} cases[] = { { "DELETE", "/things", "GET, POST" }, { "HEAD", "/things", "GET, POST" },
		{ "get", "/things", "GET, POST" }, { "", "/things/7", "GET" },
		{ "POST", "/files/" KEY, "GET, HEAD" }, { "GET", "/files/a", "DELETE" } };

	for (size_t i = 0; i < COUNT(cases); i++) {
		CU_ASSERT_EQUAL(find(cases[i].method, cases[i].path), ERR_METHOD);
		CU_ASSERT_PTR_NULL(q.route);
		CU_ASSERT_EQUAL_FATAL(q.nheaders, 1);
		CU_ASSERT_STRING_EQUAL(q.headers[0].name, "Allow");
		CU_ASSERT_STRING_EQUAL(q.headers[0].value, cases[i].allow);
	}
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "each row is found by its own address", each_row_is_found_by_its_own_address },
		{ "what the path named is kept", what_the_path_named_is_kept },
		{ "a path that only resembles a row is none",
		    a_path_that_only_resembles_a_row_is_none },
		{ "another method is told which ones there are",
		    another_method_is_told_which_ones_there_are },
		CU_TEST_INFO_NULL,
	};

	q.arena = arena_new(1 << 20);
	int failed = run_suite("route", tests);
	arena_free(q.arena);
	return failed;
}
