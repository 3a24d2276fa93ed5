#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/base/log.h"
#include "tests/support/suite.h"

static char text[8192];

/* What was written to stderr since capture(). */
static int saved, ends[2];

static void
capture(void)
{
	saved = dup(STDERR_FILENO);
	if (pipe(ends) || dup2(ends[1], STDERR_FILENO) < 0)
		abort();
}

static void
captured(void)
{
	dup2(saved, STDERR_FILENO);
	close(saved);
	close(ends[1]);
	ssize_t n = read(ends[0], text, sizeof(text) - 1);
	text[n > 0 ? n : 0] = '\0';
	close(ends[0]);
}

static void
an_event_is_one_line(void)
{
	capture();
	log_line(LOG_WARN, "here", "a=%d why=\"%s\"", 7, "x\r\nlevel=error at=forged\x1b[2J\x7f");
	captured();
	CU_ASSERT_STRING_EQUAL(text,
	    "level=warn at=here a=7 why=\"x  level=error at=forged [2J \"\n");
	capture();
	log_line(LOG_INFO, "here", "名=%s", "王慢");
	captured();
	CU_ASSERT_STRING_EQUAL(text, "level=info at=here 名=王慢\n");
}

static void
a_long_event_is_cut_and_still_a_line(void)
{
	static char big[5000];

	memset(big, 'x', sizeof(big) - 1);
	capture();
	log_line(LOG_ERROR, "here", "%s", big);
	captured();
	CU_ASSERT_EQUAL(strlen(text), 2047);
	CU_ASSERT_EQUAL(text[2046], '\n');
	CU_ASSERT_PTR_EQUAL(strchr(text, '\n'), text + 2046);
}

static void
a_value_from_outside_cannot_look_like_two(void)
{
	char buffer[12];

	CU_ASSERT_STRING_EQUAL(log_safe(buffer, sizeof(buffer), "a b\"c=d\n"), "a_b_c=d_");
	CU_ASSERT_STRING_EQUAL(log_safe(buffer, sizeof(buffer), "01234567890123"), "01234567890");
	CU_ASSERT_STRING_EQUAL(log_safe(buffer, sizeof(buffer), "慢"), "___");
	CU_ASSERT_STRING_EQUAL(log_safe(buffer, sizeof(buffer), NULL), "");
	CU_ASSERT_STRING_EQUAL(log_safe(buffer, 1, "abc"), "");
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "an event is one line", an_event_is_one_line },
		{ "a long event is cut, and still a line", a_long_event_is_cut_and_still_a_line },
		{ "a value from outside cannot look like two",
		    a_value_from_outside_cannot_look_like_two },
		CU_TEST_INFO_NULL,
	};

	return run_suite("log", tests);
}
