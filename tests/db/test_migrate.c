#include <string.h>
#include <sys/wait.h>

#include "tests/db/migrated.h"

static void
from_empty_everything_is_applied_once(void)
{
	afresh();
	CU_ASSERT_EQUAL(migrate_check(db, arena), ERR_INTERNAL);
	CU_ASSERT_EQUAL(migrate(REAL), ERR_OK);
	CU_ASSERT_EQUAL(applied, migrate_newest);
	CU_ASSERT_EQUAL(migrate_check(db, arena), ERR_OK);
	CU_ASSERT_EQUAL(migrate(REAL), ERR_OK);
	CU_ASSERT_EQUAL(applied, 0);
	CU_ASSERT_EQUAL(direct("SELECT COUNT(*) FROM schema_migration WHERE LENGTH(checksum) = 64"
			       " AND applied_at = 1700000000"),
	    migrate_newest);
}

static void
every_table_keeps_texts_and_transactions(void)
{
	afresh();
	CU_ASSERT_EQUAL_FATAL(migrate(REAL), ERR_OK);
	CU_ASSERT_TRUE(direct("SELECT COUNT(*) FROM information_schema.tables"
			      " WHERE table_schema = DATABASE()") > 20);
	CU_ASSERT_EQUAL(direct("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema"
			       " = DATABASE() AND engine <> 'InnoDB'"),
	    0);
	CU_ASSERT_EQUAL(direct("SELECT COUNT(*) FROM information_schema.columns WHERE table_schema"
			       " = DATABASE() AND character_set_name NOT IN ('utf8mb4', 'ascii')"),
	    0);
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
	afresh();
	put("0001_create_one.sql", "CREATE TABLE one (n INT PRIMARY KEY)");
	put(last(), "CREATE TABLE last (n INT PRIMARY KEY)");
	CU_ASSERT_EQUAL(migrate(folder), ERR_OK);
	CU_ASSERT_EQUAL(applied, 2);
	put("0001_create_one.sql", "CREATE TABLE one (n BIGINT PRIMARY KEY)");
	put("0002_create_two.sql", "CREATE TABLE two (n INT PRIMARY KEY)");
	CU_ASSERT_EQUAL(migrate(folder), ERR_CONFLICT);
	CU_ASSERT_EQUAL(applied, 0);
	CU_ASSERT_EQUAL(direct("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema"
			       " = DATABASE() AND table_name = 'two'"),
	    0);
	put("0001_create_one.sql", "CREATE TABLE one (n INT PRIMARY KEY)");
	CU_ASSERT_EQUAL(migrate(folder), ERR_OK); /* one that came late is made up for */
	CU_ASSERT_EQUAL(applied, 1);
	put("0002_create_other.sql", "CREATE TABLE other (n INT PRIMARY KEY)");
	CU_ASSERT_EQUAL(migrate(folder), ERR_CONFLICT); /* a number twice */
}

static void
a_statement_that_fails_leaves_those_before_it(void)
{
	afresh();
	put("0001_create_one.sql", "CREATE TABLE one (n INT PRIMARY KEY)");
	put("0002_create_two.sql", "CREATE TABEL two (n INT PRIMARY KEY)");
	put(last(), "CREATE TABLE last (n INT PRIMARY KEY)");
	CU_ASSERT_EQUAL(migrate(folder), ERR_INTERNAL);
	CU_ASSERT_EQUAL(applied, 1);
	CU_ASSERT_EQUAL(migrate_check(db, arena), ERR_CONFLICT);
	put("0002_create_two.sql", "CREATE TABLE two (n INT PRIMARY KEY)");
	CU_ASSERT_EQUAL(migrate(folder), ERR_OK);
	CU_ASSERT_EQUAL(applied, 2);
}

static void
a_file_holds_one_statement(void)
{
	afresh();
	put("0001_create_two.sql", "CREATE TABLE a (n INT PRIMARY KEY);\nCREATE TABLE b (n INT)");
	CU_ASSERT_EQUAL(migrate(folder), ERR_INTERNAL);
	CU_ASSERT_EQUAL(applied, 0);
	CU_ASSERT_EQUAL(direct("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema"
			       " = DATABASE() AND table_name IN ('a', 'b')"),
	    0);
	put("0001_create_two.sql", "-- why\nCREATE TABLE a (n INT PRIMARY KEY);\n");
	put(last(), "CREATE TABLE last (n INT PRIMARY KEY)\n");
	CU_ASSERT_EQUAL(migrate(folder), ERR_OK);
	CU_ASSERT_EQUAL(applied, 2);
}

static void
other_files_are_left_alone(void)
{
	static const char *const others[] = { "README.md", "0001_old.sql~", "0001_old.sql.orig",
		"12_short.sql", "00001_long.sql", "x0001_a.sql", ".0001_a.sql", "0001.sql" };

	afresh();
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		put(others[i], "DROP DATABASE nonsense");
	put(last(), "CREATE TABLE last (n INT PRIMARY KEY)");
	CU_ASSERT_EQUAL(migrate(folder), ERR_OK);
	CU_ASSERT_EQUAL(applied, 1);
}

static void
a_folder_or_file_that_cannot_be_read_is_told(void)
{
	static char big[70000];

	afresh();
	CU_ASSERT_EQUAL(migrate("/nowhere/at/all"), ERR_INTERNAL);
	memset(big, ' ', sizeof(big) - 1);
	put("0001_create_big.sql", big);
	CU_ASSERT_EQUAL(migrate(folder), ERR_INTERNAL);
	afresh();
	CU_ASSERT_EQUAL(migrate(folder), ERR_CONFLICT); /* empty: not this program's schema */
}

static void
another_programs_schema_is_refused(void)
{
	afresh();
	CU_ASSERT_EQUAL_FATAL(migrate(REAL), ERR_OK);
	direct("INSERT INTO schema_migration VALUES (9999, 'newer', '0', 0)");
	CU_ASSERT_EQUAL(migrate_check(db, arena), ERR_CONFLICT);
	CU_ASSERT_EQUAL(migrate(REAL), ERR_CONFLICT);
	direct("DELETE FROM schema_migration WHERE number = 9999");
	CU_ASSERT_EQUAL(migrate_check(db, arena), ERR_OK);
	direct("DELETE FROM schema_migration ORDER BY number DESC LIMIT 1");
	CU_ASSERT_EQUAL(migrate_check(db, arena), ERR_CONFLICT);
	direct("DELETE FROM schema_migration");
	CU_ASSERT_EQUAL(migrate_check(db, arena), ERR_CONFLICT);
}

static void
two_hosts_at_once_do_it_once(void)
{
	pid_t pids[3];
	int status, total = 0;

	afresh();
	for (size_t i = 0; i < 3; i++)
		pids[i] = another(REAL);
	for (size_t i = 0; i < 3; i++) {
		waitpid(pids[i], &status, 0);
		total += WIFEXITED(status) ? WEXITSTATUS(status) : 255;
	}
	CU_ASSERT_EQUAL(total, migrate_newest);
	CU_ASSERT_EQUAL(migrate_check(db, arena), ERR_OK);
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
		{ "another program's schema is refused", another_programs_schema_is_refused },
		{ "two hosts at once do it once", two_hosts_at_once_do_it_once },
		CU_TEST_INFO_NULL,
	};
	return run_migrated("migrate", tests);
}
