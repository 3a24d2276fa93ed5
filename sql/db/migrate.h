#ifndef SQL_DB_MIGRATE_H
#define SQL_DB_MIGRATE_H

#include "sql/db/db.h"

/*
 * Brings a database to this program's schema. Version 1 is all files of schema/; what came after it
 * are the files of migrations/ beside it, NNNN_verb_noun.sql with one statement each, in order.
 *
 * schema_migration keeps name and checksum of every file that is in, those of schema/ under the
 * number 0, and one row of number 1 once all of these are. Statements are run one at a time;
 * schema_begun names those of a file that is not in yet. Whatever moment a process is killed at,
 * the next run goes on there.
 */

/* The version this program was built with. */
extern const int64_t migrate_newest;

/*
 * Applies what is missing; directory: migrations/. ERR_CONFLICT: a file that is in has been changed
 * since; or the database is not at `newest` afterwards; or it was made by a
 * program from before version 1, which is told in the log, and nothing is touched.
 * *ret_applied: how many files, also on failure: those stay. Several at once are safe.
 */
MUST_CHECK enum err migrate_apply(struct sql *db, struct arena *arena, const char *directory,
    int64_t newest, int64_t now, int64_t *ret_applied);

/*
 * ERR_OK when the database is at `newest`; ERR_CONFLICT when it is not; ERR_INTERNAL when it was
 * never migrated.
 */
MUST_CHECK enum err migrate_check(struct sql *db, struct arena *arena, int64_t newest);

#endif
