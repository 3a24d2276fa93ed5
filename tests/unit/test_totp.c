#include "fcgi/base/array.h"
#include "handlers/account/totp_code.h"

#include <string.h>

#include "tests/support/suite.h"

#define SECRET "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" /* "12345678901234567890" of RFC 6238 */

static struct arena *arena;

/* Appendix B of RFC 6238; of its eight digits the last six. */
static void
the_codes_are_those_of_the_standard(void)
{
	static const struct {
		int64_t time;
		int32_t code;
	} known[] = { { 59, 287082 }, { 1111111109, 81804 }, { 1111111111, 50471 },
		{ 1234567890, 5924 }, { 2000000000, 279037 }, { 20000000000, 353130 } };

	for (size_t i = 0; i < COUNT(known); i++)
		CU_ASSERT_EQUAL(totp_code(SECRET, known[i].time / TOTP_STEP), known[i].code);
	CU_ASSERT_EQUAL(totp_code("0", 1), -1);
}

static void
one_step_either_way_is_accepted(void)
{
	int64_t step = 0;

	CU_ASSERT_TRUE(totp_match(SECRET, "287082", 59, &step));
	CU_ASSERT_EQUAL(step, 1);
	CU_ASSERT_TRUE(totp_match(SECRET, "287 082", 89, &step));
	CU_ASSERT_TRUE(totp_match(SECRET, "287082", 0, &step));
	CU_ASSERT_FALSE(totp_match(SECRET, "287082", 90, &step));
	CU_ASSERT_FALSE(totp_match(SECRET, "28708", 59, &step));
	CU_ASSERT_FALSE(totp_match(SECRET, "2870821", 59, &step));
	CU_ASSERT_FALSE(totp_match(SECRET, "", 59, &step));
}

static void
secrets_differ_and_are_drawn(void)
{
	char *a = totp_secret(arena), *b = totp_secret(arena);
	int size = 0;

	CU_ASSERT_EQUAL(strlen(a), 32);
	CU_ASSERT_STRING_NOT_EQUAL(a, b);
	CU_ASSERT(totp_code(a, 1) >= 0);
	CU_ASSERT_STRING_EQUAL(totp_uri(arena, "医保", "gz@01", "AB"),
	    "otpauth://totp/%E5%8C%BB%E4%BF%9D:gz%4001?secret=AB&issuer=%E5%8C%BB%E4%BF%9D"
	    "&algorithm=SHA1&digits=6&period=30");
	char *path = totp_qr(arena, totp_uri(arena, "医保", "gz01", a), &size);
	CU_ASSERT_PTR_NOT_NULL_FATAL(path);
	CU_ASSERT(size > 29 && size < 80);
	CU_ASSERT_EQUAL(strncmp(path, "M4 4h1v1h-1z", 12), 0); /* the corner of the finder */
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "the codes are those of the standard", the_codes_are_those_of_the_standard },
		{ "one step either way is accepted", one_step_either_way_is_accepted },
		{ "secrets differ, and are drawn", secrets_differ_and_are_drawn },
		CU_TEST_INFO_NULL,
	};

	arena = arena_new((size_t)1 << 20);
	int status = run_suite("totp", tests);
	arena_free(arena);
	return status;
}
