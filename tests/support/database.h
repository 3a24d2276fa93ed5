#ifndef TESTS_SUPPORT_DATABASE_H
#define TESTS_SUPPORT_DATABASE_H

#include <CUnit/Basic.h>

#include "sql/db/db.h"

/*
 * For tests against a real MariaDB: the connection PORTAL_DB_* names, with the
 * schema in place (`portal migrate`). Rows of other tests may be there, so
 * every test makes up its own people with test_number().
 */
extern struct sql *db;
extern struct arena *arena;

/* A second connection, as another worker has it. The caller's: sql_close(). */
struct sql *test_connect(unsigned timeout);
/* A number nobody else uses. */
int64_t test_number(void);
/* 32 hex digits nobody else uses, in the arena. */
const char *test_key(void);
/* The first column of the first row of a query; aborts the test when there is none. */
int64_t test_count(const char *text, struct sql_args args);

/* Runs the suite; 77 when no server is named. To be returned from main(). */
int test_main(const char *name, CU_TestInfo *tests);

#endif
