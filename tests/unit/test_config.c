#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/base/array.h"
#include "handlers/common/sites.h"
#include "handlers/site/settings.h"
#include "handlers/sms/settings.h"
#include "tests/support/suite.h"

static char path[] = "/tmp/config.XXXXXX";
static struct config c;

/* An environment with nothing in it but a file of these lines. */
static enum err
read_lines(const char *lines)
{
	FILE *file = fopen(path, "we");

	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	CU_ASSERT_EQUAL_FATAL(fwrite(lines, 1, strlen(lines), file), strlen(lines));
	fclose(file);
	setenv("PORTAL_ENV_FILE", path, 1);
	return settings_read(&c);
}

#define REQUIRED                                                                                   \
	"PORTAL_DB_SOCKET=/db\nPORTAL_DB_USER=u\nPORTAL_DB_PASSWORD=p\n"                           \
	"PORTAL_REDIS_SOCKET=/kv\nPORTAL_STORE=/store\nPORTAL_KEYRING=/keys\n"

static void
what_is_not_said_has_its_default(void)
{
	clearenv();
	CU_ASSERT_EQUAL(read_lines(REQUIRED), ERR_OK);
	CU_ASSERT_STRING_EQUAL(site_settings.db_socket, "/db");
	CU_ASSERT_STRING_EQUAL(site_settings.db_name, "jieru");
	CU_ASSERT_STRING_EQUAL(site_settings.db_admin_user, "");
	CU_ASSERT_EQUAL(site_settings.db_timeout, 4);
	CU_ASSERT_TRUE(c.cookie_secure);
	CU_ASSERT_EQUAL(c.session_idle, 1800);
	CU_ASSERT_EQUAL(c.session_max, 28800);
	CU_ASSERT_STRING_EQUAL(sites_settings.origin, "http://localhost:8080");
	CU_ASSERT_STRING_EQUAL(c.prefix, "");
}

static void
a_prefix_is_a_path_without_its_last_slash(void)
{
	static const char *const wrong[] = { "/", "jieru", "/jieru/", "//jieru", "/a b", "/a;b" };

	clearenv();
	CU_ASSERT_EQUAL(read_lines(REQUIRED "PORTAL_PREFIX=/gov/jieru\n"), ERR_OK);
	CU_ASSERT_STRING_EQUAL(c.prefix, "/gov/jieru");
	for (size_t i = 0; i < COUNT(wrong); i++) {
		setenv("PORTAL_PREFIX", wrong[i], 1);
		CU_ASSERT_EQUAL(read_lines(REQUIRED), ERR_INTERNAL);
	}
}

static void
a_limit_of_zero_is_none(void)
{
	clearenv();
	CU_ASSERT_EQUAL(read_lines(REQUIRED), ERR_OK);
	CU_ASSERT_EQUAL(sms_settings.daily, 50000);
	clearenv();
	CU_ASSERT_EQUAL(read_lines(REQUIRED "PORTAL_SMS_DAILY=0\n"), ERR_OK);
	CU_ASSERT_EQUAL(sms_settings.daily, 0);
	clearenv();
	CU_ASSERT_EQUAL(read_lines(REQUIRED "PORTAL_SMS_DAILY=none\n"), ERR_INTERNAL);
}

static void
the_environment_wins_over_the_file(void)
{
	clearenv();
	setenv("PORTAL_DB_NAME", "mine", 1);
	setenv("PORTAL_SMS_FILE", "", 1);
	CU_ASSERT_EQUAL(read_lines(
			    REQUIRED "PORTAL_DB_NAME=theirs\nPORTAL_SMS_FILE=/x\nPORTAL_FONT=F\n"),
	    ERR_OK);
	CU_ASSERT_STRING_EQUAL(site_settings.db_name, "mine");
	CU_ASSERT_STRING_EQUAL(sms_settings.file, "");
	CU_ASSERT_STRING_EQUAL(c.font, "F");
}

static void
a_file_may_have_comments_quotes_and_other_line_ends(void)
{
	clearenv();
	CU_ASSERT_EQUAL(read_lines("# PORTAL_DB_NAME=no\n\nno line\n=x\n" REQUIRED
				   "PORTAL_FONT=\"A \"B\" C\"\r\nPORTAL_ORIGIN=http://a?b=c#d\n"
				   "PORTAL_DB_NAME=last"),
	    ERR_OK);
	CU_ASSERT_STRING_EQUAL(c.font, "A \"B\" C");
	CU_ASSERT_STRING_EQUAL(sites_settings.origin, "http://a?b=c#d");
	CU_ASSERT_STRING_EQUAL(site_settings.db_name, "last");
}

static void
what_is_missing_or_malformed_stops_the_start(void)
{
	static const char *const bad[] = { "PORTAL_DB_TIMEOUT=", "PORTAL_DB_TIMEOUT=x",
		"PORTAL_DB_TIMEOUT=-1", "PORTAL_DB_TIMEOUT=0", "PORTAL_DB_TIMEOUT=4s",
		"PORTAL_DB_TIMEOUT= 4", "PORTAL_DB_TIMEOUT=+4", "PORTAL_DB_TIMEOUT=4294967297",
		"PORTAL_COOKIE_SECURE=2", "PORTAL_COOKIE_SECURE=yes", "PORTAL_SESSION_IDLE=0",
		"PORTAL_DB_SOCKET=", "PORTAL_KEYRING=" };
	char lines[512];

	for (size_t i = 0; i < COUNT(bad); i++) {
		clearenv();
		snprintf(lines, sizeof(lines), "%s\n" REQUIRED, bad[i]);
		CU_ASSERT_EQUAL(read_lines(lines), ERR_INTERNAL);
	}
	clearenv();
	CU_ASSERT_EQUAL(settings_read(&c), ERR_INTERNAL);
	setenv("PORTAL_ENV_FILE", "/nowhere/at/all", 1);
	CU_ASSERT_EQUAL(settings_read(&c), ERR_INTERNAL);
}

static void
the_rest_of_a_long_line_is_no_line(void)
{
	static char lines[8192];

	clearenv();
	memset(lines, 'x', 5000);
	memcpy(lines, "PORTAL_FONT=", 12);
	strcat(lines, "\n" REQUIRED);
	memcpy(lines + 4095, "PORTAL_DB_NAME=hidden", 21);
	CU_ASSERT_EQUAL(read_lines(lines), ERR_INTERNAL);
	CU_ASSERT_PTR_NULL(getenv("PORTAL_DB_NAME"));
}

/* What deploy/ hands out is complete, but for the password one has to choose. */
static void
the_example_can_be_read(void)
{
	clearenv();
	setenv("PORTAL_ENV_FILE", "deploy/portal.env.example", 1);
	CU_ASSERT_EQUAL(settings_read(&c), ERR_INTERNAL);
	setenv("PORTAL_DB_PASSWORD", "chosen", 1);
	CU_ASSERT_EQUAL(settings_read(&c), ERR_OK);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "what is not said has its default", what_is_not_said_has_its_default },
		{ "a prefix is a path without its last slash",
		    a_prefix_is_a_path_without_its_last_slash },
		{ "a limit of zero is none", a_limit_of_zero_is_none },
		{ "the environment wins over the file", the_environment_wins_over_the_file },
		{ "a file may have comments, quotes and other line ends",
		    a_file_may_have_comments_quotes_and_other_line_ends },
		{ "what is missing or malformed stops the start",
		    what_is_missing_or_malformed_stops_the_start },
		{ "the rest of a long line is no line", the_rest_of_a_long_line_is_no_line },
		{ "the example can be read", the_example_can_be_read },
		CU_TEST_INFO_NULL,
	};

	close(mkstemp(path));
	int failed = run_suite("config", tests);
	unlink(path);
	return failed;
}
