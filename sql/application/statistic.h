#ifndef SQL_APPLICATION_STATISTIC_H
#define SQL_APPLICATION_STATISTIC_H

#include "handlers/rules/procedure/workflow.h"
#include "sql/db/db.h"

/*
 * 统计: counts of the steps in 审核记录, kept so that a page never reads the record itself.
 * Every step is noted in its own transaction; whoever counts takes noted steps, adds them and
 * strikes the notes out in one transaction, so each is counted once, whatever is cut short.
 */

/* A step, and what is needed to count it. */
struct statistic_step {
	int64_t id; /* of application_event */
	unsigned event, from_state, desk;
	int64_t came_at; /* when it had come to the desk; 0 for the first step */
	int64_t at;
	int64_t local_bureau, province_bureau, nation_bureau; /* 0: the application is gone */
	int64_t region;                                       /* its 区划 as a number */
};

/* What a number of steps have in common. */
struct statistic_cell {
	int64_t bureau_id; /* or STATISTIC_REGION() */
	int64_t month;     /* yyyymm of Asia/Shanghai */
	unsigned phase, desk, event;
	int64_t days;
	int64_t steps;
};
/* What stands for a 区划 in the place of a bureau: counties have none. */
#define STATISTIC_REGION(code) (-(code))
#define STATISTIC_DAYS_MAX 250 /* what took longer counts as this */

/* In the transaction of the step. */
MUST_CHECK enum err statistic_note(struct sql_tx *tx, int64_t event_id);

/* ---- counting ------------------------------------------------------------------ */

/* Nobody else counts until tx ends. ERR_NOT_FOUND: somebody does, and `wait` is false. */
MUST_CHECK enum err statistic_lock(struct sql_tx *tx, struct arena *arena, bool wait);
/* Noted steps, at most `limit`; they stay ours until tx ends. */
MUST_CHECK enum err statistic_take(struct sql_tx *tx, struct arena *arena, int64_t limit,
    const struct statistic_step **ret, size_t *ret_count);
/* Steps that are not noted, so were counted once, after `id`, in their order: for counting anew. */
MUST_CHECK enum err statistic_counted(struct sql_tx *tx, struct arena *arena, int64_t id,
    int64_t limit, const struct statistic_step **ret, size_t *ret_count);
MUST_CHECK enum err statistic_clear(struct sql_tx *tx);
/* Cells in the order of their columns, no two alike. */
MUST_CHECK enum err statistic_add(struct sql_tx *tx, struct arena *arena,
    const struct statistic_cell *cells, size_t count);
/* Strikes out the notes of these steps. */
MUST_CHECK enum err statistic_strike(struct sql_tx *tx, struct arena *arena,
    const struct statistic_step *steps, size_t count);
MUST_CHECK enum err statistic_stamp(struct sql_tx *tx, int64_t now);

/* ---- reading ------------------------------------------------------------------- */

struct statistic_range {
	int64_t from, to; /* yyyymm, both included */
	unsigned phase;   /* enum phase; 0 both */
};

/* Of one bureau's region, by month. phase is 0 in what is answered. */
MUST_CHECK enum err statistic_of(struct sql *db, struct arena *arena, int64_t bureau_id,
    const struct statistic_range *range, const struct statistic_cell **ret, size_t *ret_count);
/* Of each bureau of a level (bureau.h) whose prefix begins so, all months as one (month is 0). */
MUST_CHECK enum err
statistic_below(struct sql *db, struct arena *arena, unsigned level, const char *prefix,
    const struct statistic_range *range, const struct statistic_cell **ret, size_t *ret_count);
/* As statistic_of(), of the 区划 whose codes begin so, whether they are a bureau's own or not. */
MUST_CHECK enum err statistic_of_region(struct sql *db, struct arena *arena, const char *prefix,
    const struct statistic_range *range, const struct statistic_cell **ret, size_t *ret_count);
/* When steps were last counted; 0 never. */
MUST_CHECK enum err statistic_counted_at(struct sql *db, struct arena *arena, int64_t *ret);

#endif
