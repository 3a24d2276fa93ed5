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
#define STATISTIC_STEP_LIST(C, E, of_event)                                                        \
	E(INT, id, of_event) /* of application_event */                                            \
	C(CODE, e, event)                                                                          \
	C(CODE, e, from_state)                                                                     \
	C(CODE, e, desk)                                                                           \
	/* when it had come to the desk, which is the step before; 0 for the first */              \
	/* 0, as the next two: the application is gone */                                          \
	E(INT, came_at,                                                                            \
	    "(SELECT p.created_at FROM application_event p"                                        \
	    " WHERE p.application_id = e.application_id AND p.id < e.id"                           \
	    " ORDER BY p.id DESC LIMIT 1)")                                                        \
	E(INT, at, "e.created_at")                                                                 \
	C(INT, a, local_bureau)                                                                    \
	C(INT, a, province_bureau)                                                                 \
	C(INT, a, nation_bureau)                                                                   \
	E(INT, region, "CAST(a.region_code AS SIGNED)") /* its 区划 as a number */
#define STATISTIC_STEP_COLUMNS(C, E) STATISTIC_STEP_LIST(C, E, "n.id")
#define STATISTIC_AGAIN_COLUMNS(C, E) STATISTIC_STEP_LIST(C, E, "e.id")
SQL_ROW(statistic_step, STATISTIC_STEP_COLUMNS)
SQL_SHAPE(statistic_again, statistic_step, STATISTIC_AGAIN_COLUMNS)

/* What a number of steps have in common. */
#define STATISTIC_CELL_LIST(C, E, whose, of_month)                                                 \
	E(INT, bureau_id, whose) /* or STATISTIC_REGION() */                                       \
	E(INT, month, of_month)  /* yyyymm of Asia/Shanghai */                                     \
	E(CODE, phase, "0")                                                                        \
	C(CODE, s, desk)                                                                           \
	C(CODE, s, event)                                                                          \
	C(INT, s, days)                                                                            \
	E(INT, steps, "SUM(s.steps)")
#define STATISTIC_CELL_COLUMNS(C, E) STATISTIC_CELL_LIST(C, E, "s.bureau_id", "s.month")
#define STATISTIC_SUM_COLUMNS(C, E) STATISTIC_CELL_LIST(C, E, "s.bureau_id", "0")
#define STATISTIC_REGION_COLUMNS(C, E) STATISTIC_CELL_LIST(C, E, "0", "s.month")
SQL_ROW(statistic_cell, STATISTIC_CELL_COLUMNS)
SQL_SHAPE(statistic_sum, statistic_cell, STATISTIC_SUM_COLUMNS)
SQL_SHAPE(statistic_region, statistic_cell, STATISTIC_REGION_COLUMNS)
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
