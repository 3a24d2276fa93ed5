/* Migrations whose process is killed: the next one goes on, wherever that was. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fcgi/base/array.h"
#include "tests/support/migrated.h"

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

#define SLEEPS                                                                                     \
	"SELECT COALESCE(MAX(id), -1) FROM information_schema.processlist WHERE db = DATABASE()"   \
	" AND state = 'User sleep'"

/* Runs the statement, and dies before it can say so: there its link is cut and it is killed. */
static void
die_after(const char *text)
{
	int64_t link = -1;

	empty_database();
	put("migrations/0009_create_last.sql", "CREATE TABLE last (n INT PRIMARY KEY)");
	CU_ASSERT_EQUAL(migrate(folder), ERR_OK);
	direct("CREATE TABLE grown (n INT PRIMARY KEY, old INT, KEY by_old (old))");
	direct("INSERT INTO grown VALUES (1, 1)");
	direct("CREATE TRIGGER wait BEFORE INSERT ON schema_migration FOR EACH ROW DO SLEEP(60)");
	put("migrations/0002_change_it.sql", text);
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

	for (size_t i = 0; i < COUNT(statements); i++) {
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
	empty_database();
	put("migrations/0009_create_last.sql", "CREATE TABLE last (n INT PRIMARY KEY)");
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

/* Of a file with several statements those before the one it was at are not run again. */
static void
a_file_is_gone_on_with_where_it_was(void)
{
	int64_t link = -1;

	empty_database();
	put("schema/all.sql", "CREATE TABLE one (n INT PRIMARY KEY);\n"
			      "INSERT INTO one VALUES (1);\n"
			      "CREATE TABLE two (n INT PRIMARY KEY);\n");
	CU_ASSERT_EQUAL(migrate(folder), ERR_OK); /* makes schema_begun */
	direct("DROP TABLE one");
	direct("DROP TABLE two");
	direct("DELETE FROM schema_migration");
	direct("CREATE TRIGGER wait BEFORE UPDATE ON schema_begun FOR EACH ROW"
	       " DO SLEEP(IF(NEW.part = 3, 60, 0))");
	pid_t pid = another(folder);
	for (int i = 0; i < 500 && link < 0; i++, usleep(20000))
		link = direct(SLEEPS);
	CU_ASSERT_TRUE_FATAL(link > 0);
	kill(pid, SIGSTOP);
	direct(arena_printf(arena, "KILL %lld", (long long)link));
	end(pid);
	direct("DROP TRIGGER wait");
	CU_ASSERT_EQUAL(rows_of("schema_migration"), 0);
	CU_ASSERT_EQUAL(rows_of("schema_begun WHERE done"), 2);
	CU_ASSERT_EQUAL(migrate(folder), ERR_OK);
	CU_ASSERT_EQUAL(rows_of("one"), 1);
	CU_ASSERT_EQUAL(rows_of("schema_begun"), 0);
	CU_ASSERT_TRUE(has_table("two"));
}

static void
killed_again_and_again_it_comes_to_the_same(void)
{
	int kills = 0, status = 1;

	empty_database();
	CU_ASSERT_EQUAL_FATAL(migrate(REAL), ERR_OK);
	int64_t whole = schema_sum(), files = rows_of("schema_migration");
	empty_database();
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
	CU_ASSERT_EQUAL(rows_of("schema_migration"), files);
	CU_ASSERT_EQUAL(rows_of("schema_begun"), 0);
	CU_ASSERT_TRUE(has_table("unit"));
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "one killed before it could say so is taken up",
		    one_killed_before_it_could_say_so_is_taken_up },
		{ "what somebody else made is no migration",
		    what_somebody_else_made_is_no_migration },
		{ "a file is gone on with where it was", a_file_is_gone_on_with_where_it_was },
		{ "killed again and again, it comes to the same",
		    killed_again_and_again_it_comes_to_the_same },
		CU_TEST_INFO_NULL,
	};

	return run_migrated("migrate_killed", tests);
}
