#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "fcgi/base/array.h"
#include "tests/support/migrated.h"

static void
from_empty_everything_is_applied_once(void)
{
	empty_database();
	CU_ASSERT_EQUAL(migrate_check(db, arena, migrate_newest), ERR_INTERNAL);
	CU_ASSERT_EQUAL(migrate(REAL), ERR_OK);
	CU_ASSERT(applied > 20);
	CU_ASSERT_EQUAL(applied, rows_of("schema_migration WHERE number <> 1"));
	CU_ASSERT_EQUAL(rows_of("schema_migration WHERE number = 1 AND name = 'schema'"), 1);
	CU_ASSERT_EQUAL(migrate_check(db, arena, migrate_newest), ERR_OK);
	CU_ASSERT_EQUAL(migrate(REAL), ERR_OK);
	CU_ASSERT_EQUAL(applied, 0);
	CU_ASSERT_EQUAL(rows_of("schema_migration WHERE LENGTH(checksum) <> 64"
				" OR applied_at <> 1700000000"),
	    0);
}

static void
every_table_keeps_texts_and_transactions(void)
{
	empty_database();
	CU_ASSERT_EQUAL_FATAL(migrate(REAL), ERR_OK);
	CU_ASSERT_TRUE(direct("SELECT COUNT(*) FROM information_schema.tables"
			      " WHERE table_schema = DATABASE()") > 20);
	CU_ASSERT_EQUAL(direct("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema"
			       " = DATABASE() AND engine <> 'InnoDB'"),
	    0);
	/* texts tell all characters apart; accounts and official codes are Latin, in any case */
	CU_ASSERT_EQUAL(rows_of("information_schema.columns WHERE table_schema = DATABASE()"
				" AND collation_name IS NOT NULL"
				" AND collation_name NOT IN ('utf8mb4_nopad_bin', 'ascii_bin')"
				" AND NOT (collation_name = 'utf8mb4_general_nopad_ci'"
				" AND column_name IN ('account', 'uscc', 'code', 'waiting_for'))"),
	    0);
	CU_ASSERT_EQUAL(rows_of("information_schema.schemata WHERE schema_name = DATABASE()"
				" AND default_collation_name = 'utf8mb4_nopad_bin'"),
	    1);
	CU_ASSERT_EQUAL(direct("SELECT COUNT(*) FROM information_schema.tables t"
			       " WHERE table_schema = DATABASE() AND NOT EXISTS (SELECT 1"
			       " FROM information_schema.statistics s"
			       " WHERE s.table_schema = t.table_schema"
			       " AND s.table_name = t.table_name"
			       " AND s.index_name = 'PRIMARY')"),
	    0);
}

static void
a_file_changed_since_stops_everything(void)
{
	empty_database();
	put("migrations/0002_create_one.sql", "CREATE TABLE one (n INT PRIMARY KEY)");
	put("migrations/0009_create_last.sql", "CREATE TABLE last (n INT PRIMARY KEY)");
	CU_ASSERT_EQUAL(migrate(folder), ERR_OK);
	CU_ASSERT_EQUAL(applied, 2);
	put("migrations/0002_create_one.sql", "CREATE TABLE one (n BIGINT PRIMARY KEY)");
	put("migrations/0003_create_two.sql", "CREATE TABLE two (n INT PRIMARY KEY)");
	CU_ASSERT_EQUAL(migrate(folder), ERR_CONFLICT);
	CU_ASSERT_EQUAL(applied, 0);
	CU_ASSERT_EQUAL(direct("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema"
			       " = DATABASE() AND table_name = 'two'"),
	    0);
	put("migrations/0002_create_one.sql", "CREATE TABLE one (n INT PRIMARY KEY)");
	CU_ASSERT_EQUAL(migrate(folder), ERR_OK); /* one that came late is made up for */
	CU_ASSERT_EQUAL(applied, 1);
	put("migrations/0003_create_other.sql", "CREATE TABLE other (n INT PRIMARY KEY)");
	CU_ASSERT_EQUAL(migrate(folder), ERR_CONFLICT); /* a number twice */
}

static void
a_statement_that_fails_leaves_those_before_it(void)
{
	empty_database();
	put("migrations/0002_create_one.sql", "CREATE TABLE one (n INT PRIMARY KEY)");
	put("migrations/0003_create_two.sql", "CREATE TABEL two (n INT PRIMARY KEY)");
	put("migrations/0009_create_last.sql", "CREATE TABLE last (n INT PRIMARY KEY)");
	CU_ASSERT_EQUAL(migrate(folder), ERR_INTERNAL);
	CU_ASSERT_EQUAL(applied, 1);
	CU_ASSERT_EQUAL(migrate_check(db, arena, migrate_newest), ERR_CONFLICT);
	put("migrations/0003_create_two.sql", "CREATE TABLE two (n INT PRIMARY KEY)");
	CU_ASSERT_EQUAL(migrate(folder), ERR_OK);
	CU_ASSERT_EQUAL(applied, 2);
}

static void
a_file_holds_one_statement(void)
{
	empty_database();
	put("migrations/0002_create_two.sql",
	    "CREATE TABLE a (n INT PRIMARY KEY);\nCREATE TABLE b (n INT)");
	CU_ASSERT_EQUAL(migrate(folder), ERR_INTERNAL);
	CU_ASSERT_EQUAL(applied, 0);
	CU_ASSERT_EQUAL(direct("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema"
			       " = DATABASE() AND table_name IN ('a', 'b')"),
	    0);
	put("migrations/0002_create_two.sql", "-- why\nCREATE TABLE a (n INT PRIMARY KEY);\n");
	put("migrations/0009_create_last.sql", "CREATE TABLE last (n INT PRIMARY KEY)\n");
	CU_ASSERT_EQUAL(migrate(folder), ERR_OK);
	CU_ASSERT_EQUAL(applied, 2);
}

static void
other_files_are_left_alone(void)
{
	static const char *const others[] = { "migrations/README.md", "migrations/0002_old.sql~",
		"migrations/0002_old.sql.orig", "migrations/12_short.sql",
		"migrations/00001_long.sql", "migrations/x0001_a.sql", "migrations/.0001_a.sql",
		"migrations/0001.sql", "schema/README.md", "schema/unit.sql~", "schema/.unit.sql",
		"schema/unit.sql.orig", "schema/Unit.sql", "schema/.sql", "0002_here.sql" };

	empty_database();
	for (size_t i = 0; i < COUNT(others); i++)
		put(others[i], "DROP DATABASE nonsense");
	put("migrations/0009_create_last.sql", "CREATE TABLE last (n INT PRIMARY KEY)");
	CU_ASSERT_EQUAL(migrate(folder), ERR_OK);
	CU_ASSERT_EQUAL(applied, 1);
}

static void
a_folder_or_file_that_cannot_be_read_is_told(void)
{
	static char big[70000];

	empty_database();
	CU_ASSERT_EQUAL(migrate("/nowhere/at/all"), ERR_INTERNAL);
	memset(big, ' ', sizeof(big) - 1);
	put("migrations/0002_create_big.sql", big);
	CU_ASSERT_EQUAL(migrate(folder), ERR_INTERNAL);
	empty_database();
	CU_ASSERT_EQUAL(migrate(folder), ERR_CONFLICT); /* empty: not this program's schema */
	put("schema/big.sql", big);
	CU_ASSERT_EQUAL(migrate(folder), ERR_INTERNAL);
}

static void
a_schema_is_its_files_in_order(void)
{
	empty_database();
	put("schema/b.sql", "-- rows; of a\nINSERT INTO a VALUES ('; '), ('--');\n\n"
			    "-- and what is without an end;\nCREATE TABLE b (n INT PRIMARY KEY)");
	put("schema/a.sql", "CREATE TABLE a (\n\tt VARCHAR(9) PRIMARY KEY COMMENT 'x; y'\n);\n");
	put("schema/c.sql", "CREATE TABLE c (n INT PRIMARY KEY);\nCREATE TABEL d (n INT);\n");
	CU_ASSERT_EQUAL(migrate(folder), ERR_INTERNAL);
	CU_ASSERT_EQUAL(applied, 2);
	CU_ASSERT_EQUAL(rows_of("schema_migration"), 2);
	CU_ASSERT_EQUAL(rows_of("a"), 2);
	CU_ASSERT_EQUAL(rows_of("b"), 0);
	CU_ASSERT_EQUAL(rows_of("c"), 0);
}

static void
a_schema_that_is_in_stays_as_it_is(void)
{
	empty_database();
	put("schema/a.sql",
	    "CREATE TABLE a (n INT PRIMARY KEY);\nINSERT INTO a VALUES (1), (2);\n");
	put("schema/b.sql", "CREATE TABLE b (n INT PRIMARY KEY);\n");
	CU_ASSERT_EQUAL(migrate(folder), ERR_OK);
	CU_ASSERT_EQUAL(applied, 2);
	CU_ASSERT_EQUAL(rows_of("a"), 2);
	put("migrations/0002_create_c.sql", "CREATE TABLE c (n INT PRIMARY KEY)");
	CU_ASSERT_EQUAL(migrate(folder), ERR_OK);
	CU_ASSERT_EQUAL(applied, 1);
	put("schema/d.sql", "CREATE TABLE d (n INT PRIMARY KEY);\n");
	CU_ASSERT_EQUAL(migrate(folder), ERR_CONFLICT); /* that is a migration */
	CU_ASSERT_EQUAL(system(arena_printf(arena, "rm %s/../schema/d.sql", folder)), 0);
	CU_ASSERT_EQUAL(migrate(folder), ERR_OK);
	put("schema/a.sql", "CREATE TABLE a (n BIGINT PRIMARY KEY);\n");
	CU_ASSERT_EQUAL(migrate(folder), ERR_CONFLICT);
	CU_ASSERT_EQUAL(applied, 0);
	CU_ASSERT_EQUAL(rows_of("a"), 2);
}

/* Before it was mended and after: nothing of a file is run twice, and the rest is. */
static void
a_file_that_failed_is_gone_on_with(void)
{
	empty_database();
	put("schema/a.sql", "CREATE TABLE a (n INT PRIMARY KEY);\nINSERT INTO b VALUES (1);\n");
	put("migrations/0002_create_b.sql", "CREATE TABLE b (n INT PRIMARY KEY)");
	CU_ASSERT_EQUAL(migrate(folder), ERR_INTERNAL);
	CU_ASSERT_EQUAL(applied, 0);
	direct("CREATE TABLE b (n INT PRIMARY KEY)");
	CU_ASSERT_EQUAL(migrate(folder), ERR_INTERNAL); /* b is not the migration's */
	CU_ASSERT_EQUAL(applied, 1);
	CU_ASSERT_EQUAL(rows_of("b"), 1);
	direct("DROP TABLE b");
	CU_ASSERT_EQUAL(migrate(folder), ERR_OK);
	CU_ASSERT_EQUAL(applied, 1);
}

/* As a program from before version 1 left it: a row for each of its 97 migrations. */
static void
a_database_from_before_is_not_touched(void)
{
	empty_database();
	direct("CREATE TABLE schema_migration (number BIGINT NOT NULL PRIMARY KEY,"
	       " name VARCHAR(120) NOT NULL, checksum CHAR(64) NOT NULL,"
	       " applied_at BIGINT NOT NULL) ENGINE = InnoDB");
	direct("INSERT INTO schema_migration VALUES (1, '0001_create_region.sql', REPEAT('0', 64),"
	       " 1), (97, '0097_index_channel_key.sql', REPEAT('0', 64), 1)");
	direct("CREATE TABLE region (code CHAR(6) NOT NULL PRIMARY KEY)");
	direct("INSERT INTO region VALUES ('440000')");
	CU_ASSERT_EQUAL(migrate(REAL), ERR_CONFLICT);
	CU_ASSERT_EQUAL(applied, 0);
	CU_ASSERT_EQUAL(rows_of("information_schema.tables WHERE table_schema = DATABASE()"), 2);
	CU_ASSERT_EQUAL(rows_of("schema_migration"), 2);
	CU_ASSERT_EQUAL(rows_of("region"), 1);
	CU_ASSERT_EQUAL(migrate_check(db, arena, migrate_newest), ERR_CONFLICT);
}

static void
another_programs_schema_is_refused(void)
{
	empty_database();
	CU_ASSERT_EQUAL_FATAL(migrate(REAL), ERR_OK);
	direct("INSERT INTO schema_migration VALUES (9999, 'newer', '0', 0)");
	CU_ASSERT_EQUAL(migrate_check(db, arena, migrate_newest), ERR_CONFLICT);
	CU_ASSERT_EQUAL(migrate(REAL), ERR_CONFLICT);
	direct("DELETE FROM schema_migration WHERE number = 9999");
	CU_ASSERT_EQUAL(migrate_check(db, arena, migrate_newest), ERR_OK);
	direct("DELETE FROM schema_migration ORDER BY number DESC LIMIT 1");
	CU_ASSERT_EQUAL(migrate_check(db, arena, migrate_newest), ERR_CONFLICT);
	direct("DELETE FROM schema_migration");
	CU_ASSERT_EQUAL(migrate_check(db, arena, migrate_newest), ERR_CONFLICT);
}

static void
two_hosts_at_once_do_it_once(void)
{
	pid_t pids[3];
	int status, total = 0;

	empty_database();
	for (size_t i = 0; i < 3; i++)
		pids[i] = another(REAL);
	for (size_t i = 0; i < 3; i++) {
		waitpid(pids[i], &status, 0);
		total += WIFEXITED(status) ? WEXITSTATUS(status) : 255;
	}
	CU_ASSERT_EQUAL(total, rows_of("schema_migration WHERE number <> 1"));
	CU_ASSERT_EQUAL(migrate_check(db, arena, migrate_newest), ERR_OK);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "from empty, everything is applied once", from_empty_everything_is_applied_once },
		{ "every table keeps texts and transactions",
		    every_table_keeps_texts_and_transactions },
		{ "a file changed since stops everything", a_file_changed_since_stops_everything },
		{ "a statement that fails leaves those before it",
		    a_statement_that_fails_leaves_those_before_it },
		{ "a file holds one statement", a_file_holds_one_statement },
		{ "other files are left alone", other_files_are_left_alone },
		{ "a folder or file that cannot be read is told",
		    a_folder_or_file_that_cannot_be_read_is_told },
		{ "a schema is its files, in order", a_schema_is_its_files_in_order },
		{ "a schema that is in stays as it is", a_schema_that_is_in_stays_as_it_is },
		{ "a file that failed is gone on with", a_file_that_failed_is_gone_on_with },
		{ "a database from before is not touched", a_database_from_before_is_not_touched },
		{ "another program's schema is refused", another_programs_schema_is_refused },
		{ "two hosts at once do it once", two_hosts_at_once_do_it_once },
		CU_TEST_INFO_NULL,
	};
	return run_migrated("migrate", tests);
}
