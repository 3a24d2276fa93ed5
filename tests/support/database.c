#include "tests/support/database.h"

#include <stdlib.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/random.h"

struct sql *db;
struct arena *arena;

static const struct sql_settings *
settings_from(unsigned timeout)
{
	static struct sql_settings kept[8];
	static size_t used;
	struct sql_settings *s = &kept[used++ % 8];

	*s = (struct sql_settings){
		.socket = getenv("PORTAL_DB_SOCKET"),
		.user = getenv("PORTAL_DB_USER"),
		.password = getenv("PORTAL_DB_PASSWORD"),
		.database = getenv("PORTAL_DB_NAME"),
		.timeout = timeout,
	};
	return s;
}

struct sql *
test_connect(unsigned timeout)
{
	return sql_new(settings_from(timeout));
}

int64_t
test_number(void)
{
	int64_t n = 0;

	random_bytes(&n, sizeof(n));
	return n & INT64_C(0x3fffffffffff);
}

const char *
test_key(void)
{
	unsigned char bytes[16];

	random_bytes(bytes, sizeof(bytes));
	return bytes_hex(arena, bytes, sizeof(bytes));
}

int64_t
test_count(const char *text, struct sql_args args)
{
	int64_t n = -1;

	CU_ASSERT_EQUAL_FATAL(sql_number(db, arena, text, args, &n), ERR_OK);
	return n;
}

int
test_main(const char *name, CU_TestInfo *tests)
{
	CU_SuiteInfo suites[] = { { .pName = name, .pTests = tests }, CU_SUITE_INFO_NULL };

	if (!getenv("PORTAL_DB_SOCKET"))
		return 77; /* skipped */
	arena = arena_new((size_t)16 << 20);
	if (sql_open(settings_from(5), &db) != ERR_OK || CU_initialize_registry() ||
	    CU_register_suites(suites))
		return 2;
	CU_basic_run_tests();
	unsigned failures = CU_get_number_of_failures();
	CU_cleanup_registry();
	sql_close(db);
	arena_free(arena);
	return failures != 0;
}
