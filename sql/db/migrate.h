#ifndef SQL_DB_MIGRATE_H
#define SQL_DB_MIGRATE_H

#include "sql/db/db.h"

/*
 * Brings a database to this program's schema: the files of a directory,
 * NNNN_verb_noun.sql with one statement each, in order; number and checksum of
 * each are kept in schema_migration. One that is killed at whatever moment is
 * taken up by the next run: schema_begun names what it was at.
 */

/* The number of the newest migration this program was built with. */
extern const int64_t migrate_newest;

/*
 * Applies what is missing. ERR_CONFLICT: a file that was applied has been
 * changed since, or the database is newer than the program. *ret_applied: how many,
 * also on failure: those stay. Several at once are safe.
 */
MUST_CHECK enum err migrate_apply(struct sql *db, struct arena *arena, const char *directory,
    int64_t now, int64_t *ret_applied);

/*
 * ERR_OK when the database is at migrate_newest; ERR_CONFLICT when it is not;
 * ERR_INTERNAL when it was never migrated.
 */
MUST_CHECK enum err migrate_check(struct sql *db, struct arena *arena);

#endif
