#include "sql/db/db_link.h"

#include <errmsg.h>
#include <mysqld_error.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/base/log.h"

/* ---- errors -------------------------------------------------------------- */

/* What a server's complaint means to us; every other code is our own mistake. */
static const struct {
	unsigned code;
	enum err err;
	bool lost; /* the link cannot be used any more */
} complaints[] = {
	{ ER_DUP_ENTRY, ERR_EXISTS, false },
	{ ER_DUP_ENTRY_WITH_KEY_NAME, ERR_EXISTS, false },
	{ ER_LOCK_DEADLOCK, ERR_CONFLICT, false },
	{ ER_LOCK_WAIT_TIMEOUT, ERR_CONFLICT, false },
	{ ER_CHECKREAD, ERR_CONFLICT, false },
	{ ER_STATEMENT_TIMEOUT, ERR_UNAVAILABLE, false },
	{ ER_QUERY_INTERRUPTED, ERR_UNAVAILABLE, false },
	{ ER_DISK_FULL, ERR_UNAVAILABLE, false },
	{ ER_RECORD_FILE_FULL, ERR_UNAVAILABLE, false },
	{ ER_OPTION_PREVENTS_STATEMENT, ERR_UNAVAILABLE, false }, /* read-only server */
	{ ER_UNKNOWN_COM_ERROR, ERR_UNAVAILABLE, false },         /* Galera node not ready */
	{ ER_CON_COUNT_ERROR, ERR_UNAVAILABLE, true },
	{ ER_SERVER_SHUTDOWN, ERR_UNAVAILABLE, true },
	{ ER_CONNECTION_KILLED, ERR_UNAVAILABLE, true },
};

enum err
sql_failed(struct sql *db, const char *what, const char *text, unsigned code, const char *why)
{
	enum err e = ERR_INTERNAL;

	for (size_t i = 0; i < COUNT(complaints); i++)
		if (complaints[i].code == code) {
			e = complaints[i].err;
			db->lost = db->lost || complaints[i].lost;
		}
	if (code >= CR_MIN_ERROR && code <= CR_MAX_ERROR) { /* the client library's own */
		e = ERR_UNAVAILABLE;
		db->lost = true;
	}
	log_line(e == ERR_EXISTS || e == ERR_CONFLICT ? LOG_INFO : LOG_ERROR, "sql",
	    "what=%s code=%u why=\"%s\" statement=\"%s\"", what, code, why, text);
	return e;
}

enum err
sql_link_failed(struct sql *db, const char *what, const char *text)
{
	return sql_failed(db, what, text, mysql_errno(db->link), mysql_error(db->link));
}

bool
sql_is_there(const struct sql *db)
{
	static const unsigned codes[] = {
		ER_TABLE_EXISTS_ERROR,     /* CREATE TABLE, and RENAME to it */
		ER_BAD_TABLE_ERROR,        /* DROP TABLE */
		ER_NO_SUCH_TABLE,          /* what was renamed or dropped */
		ER_DUP_FIELDNAME,          /* ADD COLUMN */
		ER_DUP_KEYNAME,            /* ADD KEY */
		ER_MULTIPLE_PRI_KEY,       /* ADD PRIMARY KEY */
		ER_CANT_DROP_FIELD_OR_KEY, /* DROP COLUMN, DROP KEY */
		ER_BAD_FIELD_ERROR,        /* CHANGE COLUMN */
	};
	unsigned code = db->link ? mysql_errno(db->link) : 0;

	for (size_t i = 0; i < COUNT(codes); i++)
		if (codes[i] == code)
			return true;
	return false;
}

/* ---- the link ------------------------------------------------------------ */

void
sql_let_go(struct sql *db)
{
	/* First the link: statements without one are freed without a word to the server. */
	if (db->link)
		mysql_close(db->link);
	for (size_t i = 0; db->nkept > 0 && i < KEPT_SIZE; i++)
		if (db->kept[i].stmt)
			mysql_stmt_close(db->kept[i].stmt);
	memset(db->kept, 0, sizeof(db->kept));
	db->nkept = 0;
	db->link = NULL;
	db->in_tx = false;
}

/*
 * The server gives up on a statement a little before we stop listening for its
 * answer, and on a lock before that: those two cost a statement, the last one
 * costs the link.
 */
static enum err
begin_session(struct sql *db)
{
	unsigned t = db->settings.timeout;
	char limits[128] = "";
	char text[512];

	if (t > 0)
		snprintf(limits, sizeof(limits),
		    ", max_statement_time = %u.5, innodb_lock_wait_timeout = %u", t - 1,
		    t > 3 ? t - 2 : 1);
	snprintf(text, sizeof(text),
	    "SET collation_connection = 'utf8mb4_nopad_bin',"
	    " time_zone = '+00:00', tx_isolation = 'READ-COMMITTED',"
	    " sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
	    "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'%s",
	    limits);
	if (mysql_query(db->link, text))
		return sql_link_failed(db, "session", text);
	return ERR_OK;
}

static enum err
open_link(struct sql *db)
{
	const struct sql_settings *s = &db->settings;
	my_bool on = 1, off = 0;

	db->link = mysql_init(NULL);
	if (!db->link)
		abort();
	if (s->timeout > 0) {
		mysql_optionsv(db->link, MYSQL_OPT_CONNECT_TIMEOUT, &s->timeout);
		mysql_optionsv(db->link, MYSQL_OPT_READ_TIMEOUT, &s->timeout);
		mysql_optionsv(db->link, MYSQL_OPT_WRITE_TIMEOUT, &s->timeout);
	}
	mysql_optionsv(db->link, MYSQL_OPT_RECONNECT, &off);
	mysql_optionsv(db->link, MYSQL_REPORT_DATA_TRUNCATION, &on);
	mysql_optionsv(db->link, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	enum err e = ERR_OK;
	if (!mysql_real_connect(db->link, NULL, s->user, s->password, s->database, 0, s->socket, 0))
		e = sql_link_failed(db, "connect", "");
	else
		e = begin_session(db);
	if (e == ERR_OK)
		return ERR_OK;
	sql_let_go(db);
	db->lost = true;
	return ERR_UNAVAILABLE;
}

enum err
sql_linked(struct sql *db)
{
	if (db->lost)
		return ERR_UNAVAILABLE;
	return db->link ? ERR_OK : open_link(db);
}
