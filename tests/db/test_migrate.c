/* Migrations, each test on a database of its own; the server's own account may make one. */
#include <mysql.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sql/migrate.h"
#include "tests/tools/suite.h"

#define REAL "sql/migrations"

static MYSQL *server;
static struct arena *arena;
static struct sql *db;
static char database[64], folder[] = "/tmp/migrate.XXXXXX";
static int64_t applied;

/* Runs a statement behind the program's back; its first number, or -1. */
static int64_t
direct(const char *text)
{
	int64_t n = -1;

	if (mysql_query(server, text)) {
		fprintf(stderr, "%s: %s\n", text, mysql_error(server));
		abort();
	}
	MYSQL_RES *result = mysql_store_result(server);
	MYSQL_ROW row = result ? mysql_fetch_row(result) : NULL;
	if (row && row[0])
		n = strtoll(row[0], NULL, 10);
	mysql_free_result(result);
	return n;
}

static struct sql *
link_to(const char *name)
{
	const struct sql_settings settings = { .socket = getenv("PORTAL_DB_SOCKET"),
		.user = getpwuid(geteuid())->pw_name,
		.database = name };

	return sql_new(&settings);
}

/* An empty database, and an empty folder of migrations. */
static void
afresh(void)
{
	char command[64];

	sql_close(db);
	direct(arena_printf(arena, "DROP DATABASE IF EXISTS `%s`", database));
	direct(arena_printf(arena, "CREATE DATABASE `%s`", database));
	direct(arena_printf(arena, "USE `%s`", database));
	db = link_to(database);
	snprintf(command, sizeof(command), "rm -f %s/*", folder);
	if (system(command))
		abort();
}

static void
put(const char *name, const char *text)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	FILE *file = fopen(path, "we");
	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	CU_ASSERT_EQUAL(fwrite(text, 1, strlen(text), file), strlen(text));
	fclose(file);
}

/* The name of the migration this program was built with, so that the end is the right one. */
static const char *
last(void)
{
	return arena_printf(arena, "%04lld_create_last.sql", (long long)migrate_newest);
}

static enum err
migrate(const char *directory)
{
	return migrate_apply(db, arena, directory, 1700000000, &applied);
}

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
	CU_ASSERT_EQUAL(direct("SELECT COUNT(*) FROM information_schema.tables t WHERE table_schema"
			       " = DATABASE() AND NOT EXISTS (SELECT 1 FROM "
			       "information_schema.statistics"
			       " s WHERE s.table_schema = t.table_schema AND s.table_name ="
			       " t.table_name AND s.index_name = 'PRIMARY')"),
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
	for (size_t i = 0; i < 3; i++) {
		pids[i] = fork();
		if (pids[i] == 0) {
			struct arena *own = arena_new((size_t)16 << 20);
			struct sql *link = link_to(database);

			if (migrate_apply(link, own, REAL, 0, &applied) != ERR_OK)
				applied = 255;
			_exit((int)applied);
		}
	}
	for (size_t i = 0; i < 3; i++) {
		waitpid(pids[i], &status, 0);
		total += WIFEXITED(status) ? WEXITSTATUS(status) : 255;
	}
	CU_ASSERT_EQUAL(total, migrate_newest);
	CU_ASSERT_EQUAL(migrate_check(db, arena), ERR_OK);
}

/* A process that migrates; its status is how many it applied, 255 when that failed. */
static pid_t
another(const char *directory)
{
	pid_t pid = fork();

	if (pid == 0) {
		struct arena *own = arena_new((size_t)16 << 20);
		struct sql *link = link_to(database);

		if (migrate_apply(link, own, directory, 1700000000, &applied) != ERR_OK)
			applied = 255;
		_exit((int)applied);
	}
	return pid;
}

static void
end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static bool
has_table(const char *name)
{
	return direct(arena_printf(arena,
		   "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema ="
		   " DATABASE() AND table_name = '%s'",
		   name)) == 1;
}

static int64_t
rows_of(const char *table)
{
	return direct(arena_printf(arena, "SELECT COUNT(*) FROM %s", table));
}

#define SLEEPS                                                                                     \
	"SELECT COALESCE(MAX(id), -1) FROM information_schema.processlist WHERE db = DATABASE()"   \
	" AND state = 'User sleep'"

/* Runs the statement, and dies before it can say so: there its link is cut and it is killed. */
static void
die_after(const char *text)
{
	int64_t link = -1;

	afresh();
	put(last(), "CREATE TABLE last (n INT PRIMARY KEY)");
	CU_ASSERT_EQUAL(migrate(folder), ERR_OK);
	direct("CREATE TABLE grown (n INT PRIMARY KEY, old INT, KEY by_old (old))");
	direct("INSERT INTO grown VALUES (1, 1)");
	direct("CREATE TRIGGER wait BEFORE INSERT ON schema_migration FOR EACH ROW DO SLEEP(60)");
	put("0001_change_it.sql", text);
	pid_t pid = another(folder);
	for (int i = 0; i < 500 && link < 0; i++, usleep(20000))
		link = direct(SLEEPS);
	CU_ASSERT_TRUE_FATAL(link > 0);
	kill(pid, SIGSTOP);
	direct(arena_printf(arena, "KILL %lld", (long long)link));
	end(pid);
	direct("DROP TRIGGER wait");
	CU_ASSERT_EQUAL(rows_of("schema_migration"), 1);
}

static void
one_killed_before_it_could_say_so_is_taken_up(void)
{
	static const char *const statements[] = {
		"CREATE TABLE one (n INT PRIMARY KEY)",
		"ALTER TABLE grown ADD COLUMN more INT, ADD KEY by_more (more)",
		"ALTER TABLE grown DROP KEY by_old",
		"ALTER TABLE grown CHANGE COLUMN old older INT", "DROP TABLE grown",
		"RENAME TABLE grown TO big", "CREATE INDEX again ON grown (n, old)",
		"UPDATE grown SET old = old + 1", /* not twice: its row goes with it */
	};

	for (size_t i = 0; i < sizeof(statements) / sizeof(statements[0]); i++) {
		die_after(statements[i]);
		CU_ASSERT_EQUAL(rows_of("schema_begun"), 1);
		CU_ASSERT_EQUAL(migrate(folder), ERR_OK);
		CU_ASSERT_EQUAL(applied, 1);
		CU_ASSERT_EQUAL(rows_of("schema_begun"), 0);
		CU_ASSERT_EQUAL(migrate(folder), ERR_OK);
		CU_ASSERT_EQUAL(applied, 0);
	}
	CU_ASSERT_EQUAL(direct("SELECT old FROM grown"), 2);
}

/* "Is there already" is forgiven only to whoever said before that he would make it. */
static void
what_somebody_else_made_is_no_migration(void)
{
	afresh();
	put(last(), "CREATE TABLE last (n INT PRIMARY KEY)");
	direct("CREATE TABLE last (other INT)");
	CU_ASSERT_EQUAL(migrate(folder), ERR_INTERNAL);
	CU_ASSERT_EQUAL(migrate(folder), ERR_INTERNAL);
	CU_ASSERT_EQUAL(rows_of("schema_begun"), 0);
	direct("DROP TABLE last");
	CU_ASSERT_EQUAL(migrate(folder), ERR_OK);
}

/* Every column and key of the database, as one number. */
static int64_t
schema_sum(void)
{
	return direct("SELECT SUM(CRC32(CONCAT_WS('/', table_name, column_name, ordinal_position,"
		      " column_type, is_nullable, column_default))) FROM"
		      " information_schema.columns WHERE table_schema = DATABASE()") +
	       direct("SELECT SUM(CRC32(CONCAT_WS('/', table_name, index_name, seq_in_index,"
		      " column_name, non_unique))) FROM information_schema.statistics"
		      " WHERE table_schema = DATABASE()");
}

static void
killed_again_and_again_it_comes_to_the_same(void)
{
	int kills = 0, status = 1;

	afresh();
	CU_ASSERT_EQUAL_FATAL(migrate(REAL), ERR_OK);
	int64_t whole = schema_sum();
	afresh();
	for (unsigned pause = 1; kills < 200; pause = pause * 7 % 31) { /* ms, of no pattern */
		pid_t pid = another(REAL);

		usleep(pause * 1000);
		if (waitpid(pid, &status, WNOHANG) == pid)
			break;
		end(pid);
		kills++;
	}
	CU_ASSERT(kills > 0);
	CU_ASSERT_EQUAL(migrate(REAL), ERR_OK);
	CU_ASSERT_EQUAL(schema_sum(), whole);
	CU_ASSERT_EQUAL(rows_of("schema_migration"), migrate_newest);
	CU_ASSERT_EQUAL(rows_of("schema_begun"), 0);
	CU_ASSERT_TRUE(has_table("unit"));
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
		{ "one killed before it could say so is taken up",
		    one_killed_before_it_could_say_so_is_taken_up },
		{ "what somebody else made is no migration",
		    what_somebody_else_made_is_no_migration },
		{ "killed again and again, it comes to the same",
		    killed_again_and_again_it_comes_to_the_same },
		CU_TEST_INFO_NULL,
	};
	const char *socket = getenv("PORTAL_DB_SOCKET");

	if (!socket)
		return 77; /* skipped */
	server = mysql_init(NULL);
	if (!mysql_real_connect(server, NULL, getpwuid(geteuid())->pw_name, NULL, NULL, 0, socket,
		0)) {
		fprintf(stderr, "skipped: this account may not make a database: %s\n",
		    mysql_error(server));
		mysql_close(server);
		return 77;
	}
	snprintf(database, sizeof(database), "jieru_test_migrate_%d", (int)getpid());
	if (!mkdtemp(folder))
		return 2;
	arena = arena_new((size_t)64 << 20);
	int failed = run_suite("migrate", tests);
	afresh();
	direct(arena_printf(arena, "DROP DATABASE `%s`", database));
	sql_close(db);
	mysql_close(server);
	rmdir(folder);
	arena_free(arena);
	return failed;
}
