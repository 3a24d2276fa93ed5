#ifndef TESTS_SUPPORT_MIGRATED_H
#define TESTS_SUPPORT_MIGRATED_H

#include <sys/types.h>

#include "sql/db/migrate.h"
#include "tests/support/database.h"
#include "tests/support/suite.h"

/*
 * Migrations, each test on a database of its own; the server's own account may
 * make one. Statements that are no business of the program go to it directly.
 */
#define REAL "sql/migrations"

/* `db` of database.h leads to the database of the test. */
extern char folder[];   /* of migrations, for put() */
extern int64_t applied; /* by the last migrate() */

/* Runs a statement behind the program's back; its first number, or -1. */
int64_t direct(const char *text);
/* An empty database, and a folder without files. */
void empty_database(void);
/* A file beside or in `folder`: "schema/NAME" or "migrations/NAME". */
void put(const char *name, const char *text);
/* To the version of REAL, or to that of the newest file there is in `folder`. */
enum err migrate(const char *directory);
int64_t newest_of(const char *directory);
/* A process that migrates; its status is how many it applied, 255 when that failed. */
pid_t another(const char *directory);
int64_t rows_of(const char *table);

/* To be returned from main(): 77 when there is no server or it may not be used. */
int run_migrated(const char *name, CU_TestInfo *tests);

#endif
