#include "handlers/statistic/count.h"
#include "handlers/statistic/query.h"
#include "handlers/who.h"
#include "sql/calendar.h"

#define PAGE 1000 /* applications read at a time */
#define PART_ARENA ((size_t)8 << 20)

static void
add(struct figures *months, const struct statistic_range *range, const struct statistic_cell *cell)
{
	if (cell->month < range->from || cell->month > range->to ||
	    (range->phase && cell->phase != range->phase))
		return;
	figures_add(&months[months_between(range->from, cell->month) - 1], cell, 1);
}

static enum err
add_page(struct req *q, struct arena *arena, const struct statistic_query *query,
    struct figures *months, int64_t *after)
{
	const struct statistic_step *steps;
	const struct statistic_cell *cells;
	struct calendar calendar;
	size_t count, ncells;

	TRY(statistic_steps(q->db, arena, who_bureau(q), query->bureau.prefix, *after, PAGE, &steps,
	    &count, after));
	TRY(calendar_load(q->db, arena, 0, &calendar));
	statistic_cells(arena, &calendar, steps, count, &cells, &ncells);
	for (size_t i = 0; i < ncells; i++)
		add(months, &query->range, &cells[i]);
	return ERR_OK;
}

enum err
statistic_months_of_region(struct req *q, const struct statistic_query *query, struct figures **ret)
{
	struct figures *months = arena_alloc(q->arena,
	    (size_t)months_between(query->range.from, query->range.to) * sizeof(*months));
	struct arena *arena = arena_new(PART_ARENA);
	enum err e = ERR_OK;
	int64_t after = 0;

	do {
		e = add_page(q, arena, query, months, &after);
		arena_reset(arena);
	} while (e == ERR_OK && after > 0);
	arena_free(arena);
	*ret = months;
	return e;
}
