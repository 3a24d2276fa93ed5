#ifndef SQL_DB_LIKE_H
#define SQL_DB_LIKE_H

#include "fcgi/base/arena.h"

/*
 * The LIKE pattern of texts that begin so, in the arena; NULL for NULL. For digits and Latin codes:
 * with an index the server finds nothing that goes on with a character beyond the Basic
 * Multilingual Plane.
 */
const char *sql_beginning(struct arena *arena, const char *text);

/*
 * SQL: the column begins with `start`, whatever it goes on with, by an index where there is one.
 * start: "?" or an expression with one; it stands there twice, so its argument does. Literals.
 */
#define SQL_BEGINS(column, start) column " BETWEEN " start " AND CONCAT(" start ", '\U0010ffff')"

#endif
