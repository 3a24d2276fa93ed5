#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fcgi/base/array.h"
#include "fcgi/http/fastcgi.h"
#include "tests/support/suite.h"
#include "tests/support/toy.h"

static struct fcgi_reply r;
static char value[256];

static bool
has(const char *name, const char *expected)
{
	const char *found = fcgi_header(&r, name, value, sizeof(value));

	return found ? expected && strcmp(found, expected) == 0 : !expected;
}

/* Is this name the one of so many lines of the head? */
static unsigned
lines(const char *name)
{
	unsigned count = 0;

	for (const char *p = r.head; (p = strstr(p, name)); p++)
		count++;
	return count;
}

static void
a_reply_has_status_type_length_and_is_not_kept(void)
{
	CU_ASSERT_TRUE(toy_ask("GET", "/query?a=1", &r));
	CU_ASSERT_EQUAL(r.status, 200);
	CU_ASSERT_TRUE(has("Content-Type", "application/json"));
	CU_ASSERT_TRUE(has("Content-Length", "9"));
	CU_ASSERT_TRUE(has("Cache-Control", "no-store"));
	CU_ASSERT_STRING_EQUAL(r.body, "{\"a\":\"1\"}");
	CU_ASSERT_TRUE(toy_ask("GET", "/page", &r));
	CU_ASSERT_EQUAL(r.size, 100000);
	CU_ASSERT_TRUE(has("Cache-Control", "max-age=60"));
	CU_ASSERT_EQUAL(lines("Cache-Control"), 1);
}

static void
what_has_no_body_says_so(void)
{
	CU_ASSERT_TRUE(toy_ask("GET", "/none", &r));
	CU_ASSERT_EQUAL(r.status, 204);
	CU_ASSERT_EQUAL(r.size, 0);
	CU_ASSERT_TRUE(has("Content-Type", NULL));
	CU_ASSERT_TRUE(has("Content-Length", NULL));
	CU_ASSERT_TRUE(toy_ask("HEAD", "/pid", &r));
	CU_ASSERT_EQUAL(r.status, 200);
	CU_ASSERT_EQUAL(r.size, 0);
	CU_ASSERT_TRUE(toy_ask("HEAD", "/none", &r));
	CU_ASSERT_EQUAL(r.status, 405);
	CU_ASSERT_TRUE(has("Allow", "GET"));
	CU_ASSERT_EQUAL(r.size, 0);
}

static void
the_query_arrives_decoded(void)
{
	CU_ASSERT_TRUE(toy_ask("GET", "/query?b=2&a=%E6%85%A2+%26", &r));
	CU_ASSERT_STRING_EQUAL(r.body, "{\"a\":\"慢 &\"}");
	CU_ASSERT_TRUE(toy_ask("GET", "/query?a=%0d%0aX:1", &r));
	CU_ASSERT_STRING_EQUAL(r.body, "{\"a\":null}");
}

static void
an_unknown_address_is_a_problem_with_the_requests_id(void)
{
	CU_ASSERT_TRUE(toy_ask("GET", "/nothing", &r));
	CU_ASSERT_EQUAL(r.status, 404);
	CU_ASSERT_TRUE(has("Content-Type", "application/problem+json"));
	CU_ASSERT_PTR_NOT_NULL(strstr(r.body, "\"request\":\"00ff\""));
}

static void
a_body_of_many_records_arrives_whole(void)
{
	size_t size = 200000;
	char *body = malloc(size + 1);

	for (size_t i = 0; i < size; i++)
		body[i] = (char)('a' + i % 26);
	body[size] = '\0';
	CU_ASSERT_TRUE(fcgi_ask(toy_socket, "POST", "/echo", NULL, NULL, body, &r));
	CU_ASSERT_EQUAL(r.status, 200);
	CU_ASSERT_EQUAL_FATAL(r.size, size);
	CU_ASSERT_EQUAL(memcmp(r.body, body, size), 0);
	free(body);
}

/* A request to /json whose body is not what its length says. */
static int
declare(const char *length, const char *body)
{
	const struct fcgi_param params[] = { { "REQUEST_METHOD", "POST" },
		{ "DOCUMENT_URI", "/json" }, { "CONTENT_TYPE", "application/json" },
		{ "CONTENT_LENGTH", length } };
	int fd = fcgi_connect(toy_socket);

	CU_ASSERT_TRUE(fcgi_begin(fd, false) && fcgi_params(fd, params, 4));
	CU_ASSERT_TRUE(!*body || fcgi_body(fd, body, strlen(body)));
	CU_ASSERT_TRUE(fcgi_body(fd, "", 0));
	fcgi_receive(fd, &r);
	close(fd);
	return r.status;
}

static void
a_length_that_is_not_true_is_refused(void)
{
	static const char *const bad[] = { "-1", "abc", "1e3", "+2", " 2", "2 ", "0x2", "1001",
		"99999999999999999999", "9223372036854775808", "18446744073709551618" };

	for (size_t i = 0; i < COUNT(bad); i++)
		CU_ASSERT_EQUAL(declare(bad[i], "{}"), 413);
	CU_ASSERT_EQUAL(declare("100", "{}"), 400); /* cut off */
	CU_ASSERT_EQUAL(declare("2", ""), 400);
	CU_ASSERT_EQUAL(declare("", "{}"), 400);
	CU_ASSERT_EQUAL(declare("2", "{} and more"), 200); /* and no more is read */
	CU_ASSERT_EQUAL(declare("0002", "{}"), 200);
}

static void
a_refusal_reaches_someone_still_sending(void)
{
	size_t size = 3000000; /* far more than a socket holds */
	char *body = malloc(size + 1);

	memset(body, ' ', size);
	body[size] = '\0';
	CU_ASSERT_TRUE(fcgi_ask(toy_socket, "POST", "/json", NULL, NULL, body, &r));
	CU_ASSERT_EQUAL(r.status, 413);
	free(body);
}

static void
whoever_breaks_off_costs_the_worker_nothing(void)
{
	static const char garbage[] = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
	const struct fcgi_param params[] = { { "REQUEST_METHOD", "POST" },
		{ "DOCUMENT_URI", "/echo" }, { "CONTENT_LENGTH", "1000000" } };
	pid_t before = toy_pid();

	for (unsigned at = 0; at < 5; at++) {
		int fd = fcgi_connect(toy_socket);

		if (at == 1)
			CU_ASSERT_TRUE(write(fd, garbage, sizeof(garbage)) > 0);
		if (at >= 2)
			CU_ASSERT_TRUE(fcgi_begin(fd, false));
		if (at >= 3)
			CU_ASSERT_TRUE(fcgi_params(fd, params, 3));
		if (at >= 4)
			CU_ASSERT_TRUE(fcgi_body(fd, garbage, sizeof(garbage)));
		close(fd);
	}
	CU_ASSERT_EQUAL(toy_pid(), before);
}

static void
nobody_keeps_a_worker_for_himself(void)
{
	const struct fcgi_param params[] = { { "REQUEST_METHOD", "GET" },
		{ "DOCUMENT_URI", "/none" } };
	int fd = fcgi_connect(toy_socket);

	CU_ASSERT_TRUE(fcgi_begin(fd, true) && fcgi_params(fd, params, 2) && fcgi_body(fd, "", 0));
	fcgi_receive(fd, &r);
	CU_ASSERT_EQUAL(r.status, 204);
	CU_ASSERT_EQUAL(read(fd, value, 1), 0); /* closed, although asked to keep it */
	close(fd);
	CU_ASSERT_TRUE(toy_pid() > 0);
}

static void
requests_leave_no_descriptors(void)
{
	char first[64];

	CU_ASSERT_TRUE(toy_ask("GET", "/pid", &r));
	snprintf(first, sizeof(first), "%s", r.body);
	for (int i = 0; i < 30; i++) {
		CU_ASSERT_TRUE(toy_ask("GET", i % 2 ? "/nothing" : "/page", &r));
		CU_ASSERT_EQUAL(declare("100", "{}"), 400);
	}
	CU_ASSERT_TRUE(toy_ask("GET", "/pid", &r));
	CU_ASSERT_STRING_EQUAL(r.body, first);
}

static void
only_a_socket_is_replaced(void)
{
	char path[128], too_long[200];
	int fd, listener;
	struct stat st;

	memset(too_long, 'x', sizeof(too_long) - 1);
	too_long[sizeof(too_long) - 1] = '\0';
	CU_ASSERT_EQUAL(fastcgi_listen(too_long, 8, &listener), ERR_UNAVAILABLE);
	CU_ASSERT_EQUAL(fastcgi_listen("/nowhere/at/all", 8, &listener), ERR_UNAVAILABLE);
	snprintf(path, sizeof(path), "%s.file", toy_socket);
	fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	CU_ASSERT_EQUAL(write(fd, "precious", 8), 8);
	close(fd);
	CU_ASSERT_EQUAL(fastcgi_listen(path, 8, &listener), ERR_UNAVAILABLE);
	CU_ASSERT_EQUAL(stat(path, &st), 0);
	CU_ASSERT_EQUAL(st.st_size, 8);
	unlink(path);
	CU_ASSERT_EQUAL(fastcgi_listen(path, 8, &listener), ERR_OK);
	close(listener);
	CU_ASSERT_EQUAL(fastcgi_listen(path, 8, &listener), ERR_OK);
	CU_ASSERT_EQUAL(fcntl(listener, F_GETFD), FD_CLOEXEC);
	close(listener);
	unlink(path);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "a reply has status, type, length and is not kept",
		    a_reply_has_status_type_length_and_is_not_kept },
		{ "what has no body says so", what_has_no_body_says_so },
		{ "the query arrives decoded", the_query_arrives_decoded },
		{ "an unknown address is a problem with the request's id",
		    an_unknown_address_is_a_problem_with_the_requests_id },
		{ "a body of many records arrives whole", a_body_of_many_records_arrives_whole },
		{ "a length that is not true is refused", a_length_that_is_not_true_is_refused },
		{ "a refusal reaches someone still sending",
		    a_refusal_reaches_someone_still_sending },
		{ "whoever breaks off costs the worker nothing",
		    whoever_breaks_off_costs_the_worker_nothing },
		{ "nobody keeps a worker for himself", nobody_keeps_a_worker_for_himself },
		{ "requests leave no descriptors", requests_leave_no_descriptors },
		{ "only a socket is replaced", only_a_socket_is_replaced },
		CU_TEST_INFO_NULL,
	};

	alarm(120); /* a worker that never answers fails the test, too */
	pid_t master = toy_start(1, 100000);
	int failed = run_suite("fastcgi", tests);
	return toy_stop(master) != 0 || failed;
}
