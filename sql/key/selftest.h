#ifndef SQL_KEY_SELFTEST_H
#define SQL_KEY_SELFTEST_H

#include "sql/db/db.h"

/* 联调自测 of an application: its last run, and what the last success looked like. */
#define SELFTEST_COLUMNS(C, E)                                                                     \
	C(INT, s, ran_at)                                                                          \
	C(BOOL, s, ran_ok)                                                                         \
	C(INT, s, passed_at)   /* 0: never */                                                      \
	C(TEXT, s, transcript) /* JSON of the last success; NULL: none */
SQL_ROW(selftest, SELFTEST_COLUMNS)

/* ERR_NOT_FOUND: it was never run. */
MUST_CHECK enum err
selftest_get(struct sql *db, struct arena *arena, int64_t application_id, struct selftest *ret);
/* A run at `now`; transcript: of a success, NULL of anything else. */
MUST_CHECK enum err
selftest_put(struct sql_tx *tx, int64_t application_id, const char *transcript, int64_t now);

#endif
