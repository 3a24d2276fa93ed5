#include "tests/support/migrated.h"

#include <dirent.h>
#include <mysql.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static MYSQL *server;
static char database[64];
static char place[] = "/tmp/migrate.XXXXXX";
char folder[sizeof(place) + sizeof("/migrations")];
int64_t applied;

int64_t
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

void
empty_database(void)
{
	char command[128];

	sql_close(db);
	direct(arena_printf(arena, "DROP DATABASE IF EXISTS `%s`", database));
	direct(arena_printf(arena, "CREATE DATABASE `%s`", database));
	direct(arena_printf(arena, "USE `%s`", database));
	db = link_to(database);
	snprintf(command, sizeof(command),
	    "cd %s && rm -rf schema migrations && mkdir schema migrations", place);
	if (system(command))
		abort();
}

void
put(const char *name, const char *text)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", place, name);
	FILE *file = fopen(path, "we");
	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	CU_ASSERT_EQUAL(fwrite(text, 1, strlen(text), file), strlen(text));
	fclose(file);
}

int64_t
newest_of(const char *directory)
{
	int64_t newest = 1;
	struct dirent *entry;

	if (strcmp(directory, REAL) == 0)
		return migrate_newest;
	DIR *files = opendir(directory);
	while (files && (entry = readdir(files))) {
		int64_t number = strtoll(entry->d_name, NULL, 10);

		if (strspn(entry->d_name, "0123456789") == 4 && number > newest)
			newest = number;
	}
	if (files)
		closedir(files);
	return newest;
}

enum err
migrate(const char *directory)
{
	return migrate_apply(db, arena, directory, newest_of(directory), 1700000000, &applied);
}

pid_t
another(const char *directory)
{
	pid_t pid = fork();

	if (pid == 0) {
		struct arena *own = arena_new((size_t)16 << 20);
		struct sql *link = link_to(database);

		if (migrate_apply(link, own, directory, newest_of(directory), 1700000000,
			&applied) != ERR_OK)
			applied = 255;
		_exit((int)applied);
	}
	return pid;
}

int64_t
rows_of(const char *table)
{
	return direct(arena_printf(arena, "SELECT COUNT(*) FROM %s", table));
}

int
run_migrated(const char *name, CU_TestInfo *tests)
{
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
	snprintf(database, sizeof(database), "jieru_test_%s_%d", name, (int)getpid());
	if (!mkdtemp(place))
		return 2;
	snprintf(folder, sizeof(folder), "%s/migrations", place);
	arena = arena_new((size_t)64 << 20);
	int failed = run_suite(name, tests);
	empty_database();
	direct(arena_printf(arena, "DROP DATABASE `%s`", database));
	sql_close(db);
	mysql_close(server);
	if (system(arena_printf(arena, "rm -r %s", place)))
		failed = 1;
	arena_free(arena);
	return failed;
}
