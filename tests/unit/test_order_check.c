#include <CUnit/Basic.h>
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fcgi/base/array.h"
#include "handlers/acceptance/order_check.h"

/*
 * The payment platform is a child of this program on a loopback port: it takes
 * one request, keeps its first line and gives the answer it was told.
 */

#define NOW INT64_C(1769817600) /* 2026-01-31 08:00 in Asia/Shanghai */
#define FRESH "ORD358900202601310700000000125"
#define APP_ID "0123456789ABCDEF0123456789ABCDEF"

static struct req q;
static char url[100];
static int asked[2]; /* a pipe: the first line of the platform's request */

static int
listening(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	CU_ASSERT_FATAL(fd >= 0 && !bind(fd, (struct sockaddr *)&address, size) && !listen(fd, 1) &&
			!getsockname(fd, (struct sockaddr *)&address, &size));
	snprintf(url, sizeof(url), "http://127.0.0.1:%d/orders", ntohs(address.sin_port));
	return fd;
}

static void
answer_one(int fd, const char *answer)
{
	char request[2000];
	int client = accept(fd, NULL, NULL);
	ssize_t n = read(client, request, sizeof(request));
	const char *end = n > 0 ? memchr(request, '\r', (size_t)n) : NULL;

	if (!end || write(asked[1], request, (size_t)(end - request)) < 0 ||
	    write(client, answer, strlen(answer)) < 0)
		_exit(1);
	close(client);
	_exit(0);
}

/* One check of an order while the platform gives that answer; NULL: it is not there. */
static enum err
check(const char *answer)
{
	int fd = listening(), status;
	pid_t child = answer ? fork() : 0;

	if (answer && child == 0)
		answer_one(fd, answer);
	close(fd);
	q.errors.count = 0;
	order_check_settings.url = url;
	enum err e = order_check_platform(&q, FRESH, APP_ID);
	if (answer)
		CU_ASSERT_TRUE(waitpid(child, &status, 0) == child && status == 0);
	return e;
}

#define HEAD "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\n\r\n"

static void
a_known_order_passes(void)
{
	char line[300] = { 0 };

	CU_ASSERT_EQUAL(check(HEAD "{\"found\":true}"), ERR_OK);
	CU_ASSERT_TRUE(read(asked[0], line, sizeof(line) - 1) > 0);
	CU_ASSERT_STRING_EQUAL(line, "GET /orders?order_no=" FRESH "&app_id=" APP_ID " HTTP/1.1");
}

static void
an_unknown_order_is_refused_by_name(void)
{
	CU_ASSERT_EQUAL(check(HEAD "{\"found\":false}"), ERR_INVALID);
	CU_ASSERT_STRING_EQUAL(q.errors.list[0].name, "order_no");
}

static void
a_platform_that_gives_no_answer_lets_nothing_through(void)
{
	static const char *const answers[] = {
		NULL, HEAD, HEAD "[]", HEAD "{\"found\":1}", HEAD "{\"found\":tru",
		"HTTP/1.1 500 Oops\r\nConnection: close\r\n\r\n",
		"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nConnection: close\r\n\r\n"
	};

	for (size_t i = 0; i < COUNT(answers); i++) {
		CU_ASSERT_EQUAL(check(answers[i]), ERR_UNAVAILABLE);
		CU_ASSERT_PTR_NOT_NULL(strstr(q.detail, "支付平台"));
	}
}

/* It takes the request and says nothing, for longer than anybody waits. */
static void
a_silent_platform_is_given_up(void)
{
	int fd = listening(); /* nobody accepts, the kernel does */

	q.errors.count = 0;
	order_check_settings.url = url;
	CU_ASSERT_EQUAL(order_check_platform(&q, FRESH, APP_ID), ERR_UNAVAILABLE);
	CU_ASSERT_PTR_NOT_NULL(strstr(q.detail, "稍后再提交"));
	close(fd);
}

static void
an_endless_answer_is_cut_off(void)
{
	static char answer[10000];

	memset(answer, ' ', sizeof(answer) - 1);
	memcpy(answer, HEAD, sizeof(HEAD) - 1);
	CU_ASSERT_EQUAL(check(answer), ERR_UNAVAILABLE);
}

static void
the_number_itself_is_judged(void)
{
	static const struct {
		const char *order_no;
		enum err expected;
	} cases[] = {
		{ FRESH, ERR_OK },
		{ "ORD358900202601280800000000125", ERR_OK },      /* 72 h to the second */
		{ "ORD358900202601280759590000125", ERR_INVALID }, /* and one more */
		{ "ORD358900202601310800010000125", ERR_INVALID }, /* not yet */
		{ "ORD358900202602310800000000125", ERR_INVALID }, /* no such day */
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		q.errors.count = 0;
		order_check_time(&q, cases[i].order_no);
		CU_ASSERT_EQUAL(form_end(&q), cases[i].expected);
	}
}

static void
without_a_platform_the_number_is_enough(void)
{
	order_check_settings.url = "";
	CU_ASSERT_EQUAL(order_check_platform(&q, FRESH, APP_ID), ERR_OK);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "the number itself is judged", the_number_itself_is_judged },
		{ "without a platform the number is enough",
		    without_a_platform_the_number_is_enough },
		{ "a known order passes", a_known_order_passes },
		{ "an unknown order is refused by name", an_unknown_order_is_refused_by_name },
		{ "a platform that gives no answer lets nothing through",
		    a_platform_that_gives_no_answer_lets_nothing_through },
		{ "a silent platform is given up", a_silent_platform_is_given_up },
		{ "an endless answer is cut off", an_endless_answer_is_cut_off },
		CU_TEST_INFO_NULL,
	};
	static CU_SuiteInfo suites[] = {
		{ .pName = "order_check", .pTests = tests },
		CU_SUITE_INFO_NULL,
	};

	if (pipe(asked))
		return 2;
	q = (struct req){ .arena = arena_new(1 << 20), .now = NOW };
	if (CU_initialize_registry() || CU_register_suites(suites))
		return 2;
	CU_basic_run_tests();
	unsigned failures = CU_get_number_of_failures();
	CU_cleanup_registry();
	arena_free(q.arena);
	return failures != 0;
}
