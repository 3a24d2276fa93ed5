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

const int64_t migrate_newest = SCHEMA_NEWEST; /* CMakeLists.txt counts the files */

struct applied {
	int64_t number;
	const char *checksum;
};

static const struct sql_column columns[] = {
	COLUMN(struct applied, number),
	COLUMN(struct applied, checksum),
};
static const struct sql_shape shape = SHAPE(struct applied, columns);

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
applied_of(struct sql *db, struct arena *arena, int64_t number, struct applied *ret)
{
	return sql_one(db, arena, "SELECT number, checksum FROM schema_migration WHERE number = ?",
	    ARGS(V(number)), &shape, ret);
}

/*
 * A process may be killed between a change of the schema, which commits by
 * itself, and the row that says so. So it says beforehand what it is about to
 * do: whoever finds that word and no row does it again, and takes "is there
 * already" for done. One statement a file, and the server does such a
 * statement wholly or not at all (MariaDB 10.6 and later), so there is no third case.
 */
static enum err
announce(struct sql *db, const struct applied *m, uint64_t *ret_first)
{
	SQL_TX(tx, db);
	TRY(sql_exec(&tx, "DELETE FROM schema_begun WHERE number = ? AND checksum <> ?",
	    ARGS(V(m->number), V(m->checksum)), NULL));
	TRY(sql_exec(&tx, "INSERT IGNORE INTO schema_begun (number, checksum) VALUES (?, ?)",
	    ARGS(V(m->number), V(m->checksum)), ret_first));
	return sql_commit(&tx);
}

static enum err
give_up(struct sql *db, const struct applied *m)
{
	SQL_TX(tx, db);
	TRY(sql_exec(&tx, "DELETE FROM schema_begun WHERE number = ?", ARGS(V(m->number)), NULL));
	return sql_commit(&tx);
}

/* A change of rows goes with its row in one transaction; one of the schema ends that at once. */
static enum err
run(struct sql *db, const struct applied *m, const char *name, const char *text, bool again,
    int64_t now)
{
	SQL_TX(tx, db);
	enum err e = statement(db, text);
	if (e != ERR_OK && !(again && sql_is_there(db)))
		return e;
	if (e != ERR_OK)
		log_line(LOG_INFO, "migrate", "file=%s what=\"was done before\"", name);
	TRY(sql_exec(&tx,
	    "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (?, ?, ?, ?)",
	    ARGS(V(m->number), V(name), V(m->checksum), V(now)), NULL));
	return sql_commit(&tx);
}

static enum err
apply_new(struct sql *db, const struct applied *m, const char *name, const char *text, int64_t now)
{
	uint64_t first = 0;

	TRY(announce(db, m, &first));
	enum err e = run(db, m, name, text, first == 0, now);
	/* refused, and nothing was done: the word is taken back. A lost link leaves it. */
	if (e != ERR_OK && e != ERR_UNAVAILABLE)
		TRY(give_up(db, m));
	return e;
}

static enum err
apply(struct sql *db, struct arena *arena, const char *directory, const char *name, int64_t now,
    int64_t *ret_applied)
{
	struct applied m = { .number = strtoll(name, NULL, 10) }, before;
	unsigned char digest[SM3_SIZE];
	char *text;

	TRY(read_text(arena, arena_printf(arena, "%s/%s", directory, name), &text));
	sm3(text, strlen(text), digest);
	m.checksum = bytes_hex(arena, digest, sizeof(digest));
	enum err e = applied_of(db, arena, m.number, &before);
	if (e == ERR_OK && strcmp(before.checksum, m.checksum) != 0) {
		log_line(LOG_ERROR, "migrate", "file=%s why=\"changed after it was applied\"",
		    name);
		return ERR_CONFLICT;
	}
	if (e != ERR_NOT_FOUND)
		return e;
	TRY(apply_new(db, &m, name, text, now));
	(*ret_applied)++;
	return ERR_OK;
}

static int
is_migration(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);

	return len > 9 && strspn(entry->d_name, "0123456789") == 4 &&
	       strcmp(entry->d_name + len - 4, ".sql") == 0;
}

/* Whoever migrates at the same time waits here; the lock goes with the link. */
static enum err
lock(struct sql *db, struct arena *arena)
{
	struct turn {
		int64_t got;
	} turn;
	static const struct sql_column turn_columns[] = { COLUMN(struct turn, got) };
	static const struct sql_shape turn_shape = SHAPE(struct turn, turn_columns);

	TRY(sql_one(db, arena,
	    "SELECT COALESCE(GET_LOCK(CONCAT('migrate ', DATABASE()), 300), 0) AS got", NO_ARGS,
	    &turn_shape, &turn));
	if (turn.got == 1)
		return ERR_OK;
	log_line(LOG_ERROR, "migrate", "why=\"another one has been at work for minutes\"");
	return ERR_UNAVAILABLE;
}

static enum err
apply_all(struct sql *db, struct arena *arena, const char *directory, int64_t now,
    int64_t *ret_applied)
{
	struct dirent **names;
	int count = scandir(directory, &names, is_migration, alphasort);
	enum err e = ERR_OK;

	if (count < 0) {
		log_line(LOG_ERROR, "migrate", "directory=\"%s\" why=unreadable", directory);
		return ERR_INTERNAL;
	}
	for (int i = 0; i < count; i++) {
		if (e == ERR_OK)
			e = apply(db, arena, directory, names[i]->d_name, now, ret_applied);
		free(names[i]);
	}
	free(names);
	return e;
}

enum err
migrate_apply(struct sql *db, struct arena *arena, const char *directory, int64_t now,
    int64_t *ret_applied)
{
	*ret_applied = 0;
	TRY(lock(db, arena));
	enum err e = statement(db,
	    "CREATE TABLE IF NOT EXISTS schema_migration ("
	    " number BIGINT NOT NULL PRIMARY KEY, name VARCHAR(120) NOT NULL,"
	    " checksum CHAR(64) NOT NULL, applied_at BIGINT NOT NULL) ENGINE = InnoDB");
	if (e == ERR_OK)
		e = statement(db, "CREATE TABLE IF NOT EXISTS schema_begun ("
				  " number BIGINT NOT NULL PRIMARY KEY, checksum CHAR(64) NOT NULL)"
				  " ENGINE = InnoDB");
	if (e == ERR_OK)
		e = apply_all(db, arena, directory, now, ret_applied);
	if (e == ERR_OK) /* what has its row needs no word any more */
		e = statement(db,
		    "DELETE b FROM schema_begun b JOIN schema_migration m ON m.number = b.number");
	if (e == ERR_OK)
		e = migrate_check(db, arena);
	enum err unlocked = statement(db, "DO RELEASE_LOCK(CONCAT('migrate ', DATABASE()))");
	return e != ERR_OK ? e : unlocked;
}

enum err
migrate_check(struct sql *db, struct arena *arena)
{
	struct applied newest = { 0 };
	enum err e = sql_one(db, arena,
	    "SELECT number, checksum FROM schema_migration ORDER BY number DESC LIMIT 1", NO_ARGS,
	    &shape, &newest);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	if (newest.number == migrate_newest)
		return ERR_OK;
	log_line(LOG_ERROR, "migrate", "database=%lld program=%lld why=\"not the same schema\"",
	    (long long)newest.number, (long long)migrate_newest);
	return ERR_CONFLICT;
}
