#ifndef SQL_BENCH_H
#define SQL_BENCH_H

#include "sql/db.h"

/* 联调自测 of an application: its last run, and what the last success looked like. */
struct bench {
	int64_t ran_at;
	bool ran_ok;
	int64_t passed_at;      /* 0: never */
	const char *transcript; /* JSON of the last success; NULL: none */
};

/* ERR_NOT_FOUND: it was never run. */
MUST_CHECK enum err
bench_get(struct sql *db, struct arena *arena, int64_t application_id, struct bench *ret);
/* A run at `now`; transcript: of a success, NULL of anything else. */
MUST_CHECK enum err
bench_put(struct sql_tx *tx, int64_t application_id, const char *transcript, int64_t now);

#endif
