#include <stdio.h>
#include <stdlib.h>

#include "handlers/admin/admin.h"
#include "handlers/statistic/count.h"
#include "sql/catalogue/calendar.h"

#define PAGE 5000        /* steps read at a time; STATISTIC_CELLS_MAX cells each at most */
#define HELD_MAX 600000  /* cells in memory before they are written */
#define WRITTEN_MAX 5000 /* cells of one statement */

/* Cells of many pages: neighbours in time are alike, so few are written. */
struct held {
	struct statistic_cell *cells;
	size_t count;
	int64_t steps; /* all that were counted */
};

static enum err
write_held(struct req *q, struct sql_tx *tx, struct held *held)
{
	size_t count = statistic_merge(held->cells, held->count);

	for (size_t at = 0; at < count; at += WRITTEN_MAX) {
		size_t n = count - at < WRITTEN_MAX ? count - at : WRITTEN_MAX;

		TRY(statistic_add(tx, q->arena, held->cells + at, n));
		arena_reset(q->arena);
	}
	held->count = 0;
	return ERR_OK;
}

static enum err
hold_page(struct req *q, struct sql_tx *tx, int64_t *id, struct held *held, size_t *ret_count)
{
	const struct statistic_step *steps;
	const struct statistic_cell *cells;
	struct calendar calendar;
	size_t count, ncells;

	if (held->count + PAGE * STATISTIC_CELLS_MAX > HELD_MAX) /* first: it empties the arena */
		TRY(write_held(q, tx, held));
	TRY(statistic_counted(tx, q->arena, *id, PAGE, &steps, &count));
	TRY(calendar_load(tx->db, q->arena, 0, &calendar));
	statistic_cells(q->arena, &calendar, steps, count, &cells, &ncells);
	for (size_t i = 0; i < ncells; i++)
		held->cells[held->count++] = cells[i];
	held->steps += (int64_t)count;
	*id = count > 0 ? steps[count - 1].id : *id;
	*ret_count = count;
	return ERR_OK;
}

/* Pages show the old counts until the new ones are there, and nobody counts meanwhile. */
static enum err
rebuild(struct req *q, struct held *held)
{
	int64_t id = 0;
	size_t count;

	SQL_TX(tx, q->db);
	TRY(statistic_lock(&tx, q->arena, true));
	TRY(statistic_clear(&tx));
	do {
		TRY(hold_page(q, &tx, &id, held, &count));
		arena_reset(q->arena);
	} while (count == PAGE);
	TRY(write_held(q, &tx, held));
	return sql_commit(&tx);
}

int
statistics_rebuild(struct req *q, int argc, char *argv[])
{
	struct arena *arena = arena_new((HELD_MAX + 1) * sizeof(struct statistic_cell));
	struct held held = { .cells = arena_alloc(arena, HELD_MAX * sizeof(*held.cells)) };

	(void)argc;
	(void)argv;
	enum err e = rebuild(q, &held);
	arena_free(arena);
	if (e != ERR_OK) {
		fprintf(stderr, "statistics: not rebuilt, %s\n", err_info(e)->key);
		return EXIT_FAILURE;
	}
	printf("statistics: %lld steps counted\n", (long long)held.steps);
	return EXIT_SUCCESS;
}
