#include "sql/db/migrate.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/log.h"
#include "fcgi/crypto/sm.h"
#include "sql/db/db_link.h"

#define FILE_MAX 65536
#define STATEMENTS_MAX 64 /* of one file */

const int64_t migrate_newest = SCHEMA_NEWEST; /* CMakeLists.txt counts the files */

/* Whose number a row of schema_migration has. */
enum { NUMBER_SCHEMA_FILE = 0, NUMBER_SCHEMA = 1 };

struct file {
	int64_t number;
	const char *name, *checksum;
	char *text;
};

/* DDL cannot be prepared in general and commits by itself, so it goes as it is. */
static enum err
statement(struct sql *db, const char *text)
{
	TRY(sql_linked(db));
	if (mysql_query(db->link, text))
		return sql_link_failed(db, "migrate", text);
	return ERR_OK;
}

static enum err
read_text(struct arena *arena, const char *path, char **ret)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st) || st.st_size > FILE_MAX) {
		log_line(LOG_ERROR, "migrate", "file=\"%s\" why=unreadable", path);
		if (fd >= 0)
			close(fd);
		return ERR_INTERNAL;
	}
	char *text = arena_alloc(arena, (size_t)st.st_size + 1);
	ssize_t n = read(fd, text, (size_t)st.st_size);
	close(fd);
	if (n != st.st_size)
		return ERR_INTERNAL;
	*ret = text;
	return ERR_OK;
}

static enum err
file_read(struct arena *arena, const char *directory, const char *name, int64_t number,
    struct file *ret)
{
	unsigned char digest[SM3_SIZE];

	*ret = (struct file){ .number = number, .name = name };
	TRY(read_text(arena, arena_printf(arena, "%s/%s", directory, name), &ret->text));
	sm3(ret->text, strlen(ret->text), digest);
	ret->checksum = bytes_hex(arena, digest, sizeof(digest));
	return ERR_OK;
}

/* ---- one statement --------------------------------------------------------- */

/*
 * A process may be killed between a change of the schema, which commits by
 * itself, and the word that it is done. So it says beforehand what it is about to
 * do: whoever finds that word does it again, and takes "is there already" for
 * done. The server does such a statement wholly or not at all (MariaDB 10.6 and later), so
 * there is no third case. A change of rows goes with its word in one transaction.
 */
static enum err
announce(struct sql *db, const struct file *f, int64_t part)
{
	SQL_TX(tx, db);
	TRY(sql_exec(&tx,
	    "INSERT INTO schema_begun (name, part, checksum, done) VALUES (?, ?, ?, 0)",
	    ARGS(V(f->name), V(part), V(f->checksum)), NULL));
	return sql_commit(&tx);
}

static enum err
give_up(struct sql *db, const struct file *f, int64_t part)
{
	SQL_TX(tx, db);
	TRY(sql_exec(&tx, "DELETE FROM schema_begun WHERE name = ? AND part = ?",
	    ARGS(V(f->name), V(part)), NULL));
	return sql_commit(&tx);
}

static enum err
run(struct sql *db, const struct file *f, int64_t part, const char *text, bool again)
{
	SQL_TX(tx, db);
	enum err e = statement(db, text);
	if (e != ERR_OK && !(again && sql_is_there(db)))
		return e;
	if (e != ERR_OK)
		log_line(LOG_INFO, "migrate", "file=%s what=\"was done before\"", f->name);
	TRY(sql_exec(&tx, "UPDATE schema_begun SET done = 1 WHERE name = ? AND part = ?",
	    ARGS(V(f->name), V(part)), NULL));
	return sql_commit(&tx);
}

static enum err
apply_statement(struct sql *db, struct arena *arena, const struct file *f, int64_t part,
    const char *text)
{
	int64_t done = 0;
	enum err before =
	    sql_number(db, arena, "SELECT done FROM schema_begun WHERE name = ? AND part = ?",
		ARGS(V(f->name), V(part)), &done);

	if (before == ERR_OK && done)
		return ERR_OK;
	if (before == ERR_NOT_FOUND)
		TRY(announce(db, f, part));
	else
		TRY(before);
	enum err e = run(db, f, part, text, before == ERR_OK);
	/* refused, and nothing was done: the word is taken back. A lost link leaves it. */
	if (e != ERR_OK && e != ERR_UNAVAILABLE)
		TRY(give_up(db, f, part));
	return e;
}

/* ---- one file -------------------------------------------------------------- */

/* Cuts the text where a line ends in a semicolon; such a line may not be a comment. */
static size_t
cut(char *text, const char *ret[STATEMENTS_MAX])
{
	size_t count = 0;

	for (char *start = text, *line = text; *line && count < STATEMENTS_MAX;) {
		char *end = line + strcspn(line, "\n");
		bool last = end > line && end[-1] == ';' && strncmp(line, "--", 2) != 0;

		line = *end ? end + 1 : end;
		if (!last && *line)
			continue;
		if (last)
			end[-1] = '\0';
		if (start[strspn(start, " \t\n")])
			ret[count++] = start;
		start = line;
	}
	return count;
}

/* Words of a file that was changed since are of no use any more: it is begun anew. */
static enum err
forget_changed(struct sql *db, const struct file *f)
{
	SQL_TX(tx, db);
	TRY(sql_exec(&tx, "DELETE FROM schema_begun WHERE name = ? AND checksum <> ?",
	    ARGS(V(f->name), V(f->checksum)), NULL));
	return sql_commit(&tx);
}

static enum err
record(struct sql *db, const struct file *f, int64_t now)
{
	SQL_TX(tx, db);
	TRY(sql_exec(&tx,
	    "INSERT INTO schema_migration (number, name, checksum, applied_at)"
	    " VALUES (?, ?, ?, ?)",
	    ARGS(V(f->number), V(f->name), V(f->checksum), V(now)), NULL));
	TRY(sql_exec(&tx, "DELETE FROM schema_begun WHERE name = ?", ARGS(V(f->name)), NULL));
	return sql_commit(&tx);
}

/* *ret_in: the file is in already. ERR_CONFLICT: as another one than it is now. */
static enum err
is_in(struct sql *db, struct arena *arena, const struct file *f, bool *ret_in)
{
	const char *checksum;
	enum err e =
	    f->number == NUMBER_SCHEMA_FILE
		? sql_string(db, arena,
		      "SELECT checksum FROM schema_migration WHERE number = ? AND name = ?",
		      ARGS(V(f->number), V(f->name)), &checksum)
		: sql_string(db, arena, "SELECT checksum FROM schema_migration WHERE number = ?",
		      ARGS(V(f->number)), &checksum);

	*ret_in = e == ERR_OK;
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	if (e == ERR_OK && strcmp(checksum, f->checksum) != 0) {
		log_line(LOG_ERROR, "migrate", "file=%s why=\"changed after it was applied\"",
		    f->name);
		return ERR_CONFLICT;
	}
	return e;
}

static enum err
apply_file(struct sql *db, struct arena *arena, struct file *f, int64_t now, int64_t *ret_applied)
{
	const char *statements[STATEMENTS_MAX] = { f->text };
	size_t count = f->number == NUMBER_SCHEMA_FILE ? cut(f->text, statements) : 1;

	TRY(forget_changed(db, f));
	for (size_t i = 0; i < count; i++)
		TRY(apply_statement(db, arena, f, (int64_t)i + 1, statements[i]));
	TRY(record(db, f, now));
	(*ret_applied)++;
	return ERR_OK;
}

/* ---- a folder of them ------------------------------------------------------- */

static int
is_schema_file(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);

	return len > 4 && strspn(entry->d_name, "abcdefghijklmnopqrstuvwxyz_") == len - 4 &&
	       strcmp(entry->d_name + len - 4, ".sql") == 0;
}

static int
is_migration(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);

	return len > 9 && strspn(entry->d_name, "0123456789") == 4 &&
	       strcmp(entry->d_name + len - 4, ".sql") == 0;
}

struct list {
	struct file *files;
	size_t count;
};

/* In the order of their names. */
static enum err
list(struct arena *arena, const char *directory, bool schema, struct list *ret)
{
	struct dirent **names;
	int count = scandir(directory, &names, schema ? is_schema_file : is_migration, alphasort);
	enum err e = ERR_OK;

	if (count < 0) {
		log_line(LOG_ERROR, "migrate", "directory=\"%s\" why=unreadable", directory);
		return ERR_INTERNAL;
	}
	*ret =
	    (struct list){ arena_alloc(arena, (size_t)count * sizeof(*ret->files)), (size_t)count };
	for (size_t i = 0; i < ret->count; i++) {
		const char *name = arena_printf(arena, "%s", names[i]->d_name);

		free(names[i]);
		if (e == ERR_OK)
			e = file_read(arena, directory, name,
			    schema ? NUMBER_SCHEMA_FILE : strtoll(name, NULL, 10), &ret->files[i]);
	}
	free(names);
	return e;
}

/* All of schema/, then the row that says so. */
static enum err
apply_schema(struct sql *db, struct arena *arena, const char *directory, int64_t now,
    int64_t *ret_applied)
{
	struct file whole = { NUMBER_SCHEMA, "schema", "", NULL };
	unsigned char digest[SM3_SIZE];
	struct list l;
	bool in;

	TRY(list(arena, directory, true, &l));
	for (size_t i = 0; i < l.count; i++)
		whole.checksum = arena_printf(arena, "%s%s", whole.checksum, l.files[i].checksum);
	sm3(whole.checksum, strlen(whole.checksum), digest);
	whole.checksum = bytes_hex(arena, digest, sizeof(digest));
	for (size_t i = 0; i < l.count; i++)
		TRY(is_in(db, arena, &l.files[i], &in)); /* as it is now? */
	TRY(is_in(db, arena, &whole, &in));
	if (in || l.count == 0)
		return ERR_OK;
	for (size_t i = 0; i < l.count; i++) {
		TRY(is_in(db, arena, &l.files[i], &in));
		if (!in)
			TRY(apply_file(db, arena, &l.files[i], now, ret_applied));
	}
	return record(db, &whole, now);
}

static enum err
apply_migrations(struct sql *db, struct arena *arena, const char *directory, int64_t now,
    int64_t *ret_applied)
{
	struct list l;
	bool in;

	TRY(list(arena, directory, false, &l));
	for (size_t i = 0; i < l.count; i++) {
		TRY(is_in(db, arena, &l.files[i], &in));
		if (!in)
			TRY(apply_file(db, arena, &l.files[i], now, ret_applied));
	}
	return ERR_OK;
}

/* ---- all of it --------------------------------------------------------------- */

/* Whoever migrates at the same time waits here; the lock goes with the link. */
static enum err
lock(struct sql *db, struct arena *arena)
{
	int64_t got;

	TRY(sql_number(db, arena, "SELECT GET_LOCK(CONCAT('migrate ', DATABASE()), 300)", NO_ARGS,
	    &got));
	if (got == 1)
		return ERR_OK;
	log_line(LOG_ERROR, "migrate", "why=\"another one has been at work for minutes\"");
	return ERR_UNAVAILABLE;
}

/* Until version 1 every table had migrations of its own, of which the first had this number. */
static enum err
refuse_older(struct sql *db, struct arena *arena)
{
	bool older;

	TRY(sql_exists(db, arena,
	    "SELECT 1 FROM schema_migration WHERE number = ? AND name <> 'schema' LIMIT 1",
	    ARGS(V((int64_t)NUMBER_SCHEMA)), &older));
	if (!older)
		return ERR_OK;
	log_line(LOG_ERROR, "migrate",
	    "why=\"the database was made before version 1 of the schema; it has to be started from"
	    " empty data (deploy/up --reset), and nothing in it has been touched\"");
	return ERR_CONFLICT;
}

static enum err
apply_all(struct sql *db, struct arena *arena, const char *directory, int64_t newest, int64_t now,
    int64_t *ret_applied)
{
	TRY(statement(db,
	    "CREATE TABLE IF NOT EXISTS schema_migration ("
	    " number BIGINT NOT NULL, name VARCHAR(120) NOT NULL, checksum CHAR(64) NOT NULL,"
	    " applied_at BIGINT NOT NULL, PRIMARY KEY (number, name))"
	    " ENGINE = InnoDB COLLATE utf8mb4_nopad_bin"));
	TRY(refuse_older(db, arena));
	TRY(statement(db,
	    "CREATE TABLE IF NOT EXISTS schema_begun ("
	    " name VARCHAR(120) NOT NULL, part BIGINT NOT NULL, checksum CHAR(64) NOT NULL,"
	    " done TINYINT NOT NULL, PRIMARY KEY (name, part))"
	    " ENGINE = InnoDB COLLATE utf8mb4_nopad_bin"));
	TRY(apply_schema(db, arena, arena_printf(arena, "%s/../schema", directory), now,
	    ret_applied));
	TRY(apply_migrations(db, arena, directory, now, ret_applied));
	return migrate_check(db, arena, newest);
}

enum err
migrate_apply(struct sql *db, struct arena *arena, const char *directory, int64_t newest,
    int64_t now, int64_t *ret_applied)
{
	*ret_applied = 0;
	TRY(lock(db, arena));
	enum err e = apply_all(db, arena, directory, newest, now, ret_applied);
	enum err unlocked = statement(db, "DO RELEASE_LOCK(CONCAT('migrate ', DATABASE()))");
	return e != ERR_OK ? e : unlocked;
}

enum err
migrate_check(struct sql *db, struct arena *arena, int64_t newest)
{
	int64_t at;

	TRY(sql_number(db, arena, "SELECT MAX(number) FROM schema_migration", NO_ARGS, &at));
	if (at == newest)
		return ERR_OK;
	log_line(LOG_ERROR, "migrate", "database=%lld program=%lld why=\"not the same schema\"",
	    (long long)at, (long long)newest);
	return ERR_CONFLICT;
}
