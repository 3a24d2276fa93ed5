#include "handlers/jobs/jobs.h"
#include "handlers/statistic/count.h"
#include "sql/catalogue/calendar.h"

#define BATCH 2000                                  /* steps in one transaction */
#define LOOK_BACK (INT64_C(2) * 366 * 24 * 60 * 60) /* seconds: nothing waits longer at a desk */

/* *ret_count: steps taken; 0 also when another process counts. */
static enum err
count_batch(struct req *q, size_t *ret_count)
{
	const struct statistic_step *steps;
	const struct statistic_cell *cells;
	struct calendar calendar;
	size_t count, ncells;

	*ret_count = 0;
	SQL_TX(tx, q->db);
	enum err e = statistic_lock(&tx, q->arena, false);
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	TRY(statistic_take(&tx, q->arena, BATCH, &steps, &count));
	if (count > 0) {
		TRY(calendar_load(tx.db, q->arena, q->now - LOOK_BACK, &calendar));
		statistic_cells(q->arena, &calendar, steps, count, &cells, &ncells);
		TRY(statistic_add(&tx, q->arena, cells, ncells));
		TRY(statistic_strike(&tx, q->arena, steps, count));
	}
	TRY(statistic_stamp(&tx, q->now));
	TRY(sql_commit(&tx));
	*ret_count = count;
	return ERR_OK;
}

enum err
statistics_run(struct req *q)
{
	size_t count;

	do {
		TRY(count_batch(q, &count));
		arena_reset(q->arena);
	} while (count == BATCH);
	return ERR_OK;
}
