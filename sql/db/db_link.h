#ifndef SQL_DB_DB_LINK_H
#define SQL_DB_DB_LINK_H

#include <mysql.h>
#include <stdbool.h>
#include <stddef.h>

#include "fcgi/base/err.h"
#include "sql/db/settings.h"

/*
 * The link under sql/db/db.h: how it is opened, lost and let go, and what the
 * server's complaints mean. For db.c, db_link.c and migrate.c only; nobody else sees
 * mysql.h.
 */

struct sql_shape;

#define KEPT_SIZE 1024 /* a power of two, twice the statement texts there may be */

/* A statement prepared on the present link; found by the addresses of its text and its shape. */
struct kept {
	const char *text;
	const struct sql_shape *shape; /* of what it answers; NULL: no rows */
	MYSQL_STMT *stmt;
};

struct sql {
	struct sql_settings settings;
	MYSQL *link; /* NULL before the first use and after sql_ready() let it go */
	bool lost;   /* until sql_ready(): answer ERR_UNAVAILABLE at once */
	bool in_tx;
	struct kept kept[KEPT_SIZE];
	size_t nkept;
};

/* ERR_OK when there is a usable link; opens one when none was lost in this request. */
MUST_CHECK enum err sql_linked(struct sql *db);
/* What was prepared on it goes, too. */
void sql_let_go(struct sql *db);

/*
 * The one place where a server's complaint becomes one of our errors. `why` is
 * ours or the server's view of the statement text; never the message of a
 * failed execute, which may quote what the applicant typed.
 */
MUST_CHECK enum err
sql_failed(struct sql *db, const char *what, const char *text, unsigned code, const char *why);
MUST_CHECK enum err sql_link_failed(struct sql *db, const char *what, const char *text);
/* Was the last complaint that a change of the schema is there already? */
bool sql_is_there(const struct sql *db);

#endif
