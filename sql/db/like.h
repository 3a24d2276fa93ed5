#ifndef SQL_DB_LIKE_H
#define SQL_DB_LIKE_H

#include "fcgi/base/arena.h"

/* The LIKE pattern of texts that begin so, in the arena; NULL for NULL. */
const char *sql_beginning(struct arena *arena, const char *text);

#endif
