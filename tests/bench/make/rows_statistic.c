#include <stdlib.h>

#include "handlers/rules/date.h"
#include "handlers/statistic/count.h"
#include "sql/calendar.h"
#include "tests/bench/make/rows.h"

/*
 * 统计 as `portal admin statistics-rebuild` would count it, which reads every step back from the
 * database and takes longer: with millions of applications one counts as they are told.
 */
#define BUREAUS_MAX 1000
#define MONTHS 40
#define PHASES 3
#define EVENTS 5
#define DAYS (STATISTIC_DAYS_MAX + 1)
#define CELLS_OF_BUREAU ((size_t)MONTHS * PHASES * DESKS * EVENTS * DAYS)

static uint32_t *counts[BUREAUS_MAX]; /* by the id of the bureau */

static int64_t
month_number(int64_t month)
{
	return month / 100 * 12 + month % 100 - 1;
}

static void
add(const struct world *w, const struct statistic_cell *c)
{
	int64_t month = month_number(c->month) - month_number(date_of(w->begin) / 100);
	size_t at = (size_t)month;

	if (c->bureau_id >= BUREAUS_MAX || month < 0 || month >= MONTHS)
		abort();
	if (!counts[c->bureau_id])
		counts[c->bureau_id] = calloc(CELLS_OF_BUREAU, sizeof(uint32_t));
	at = ((at * PHASES + c->phase) * DESKS + c->desk) * EVENTS + c->event;
	counts[c->bureau_id][at * DAYS + (size_t)c->days] += (uint32_t)c->steps;
}

static void
count_life(struct out *o, const struct calendar *calendar, const struct life *life)
{
	struct statistic_step steps[STEPS_MAX];
	const struct statistic_cell *cells;
	size_t ncells;

	for (size_t i = 0; i < life->nsteps; i++)
		steps[i] = (struct statistic_step){
			.event = life->steps[i].row->event,
			.from_state = life->steps[i].row->from,
			.desk = life->steps[i].row->who,
			.came_at = i ? life->steps[i - 1].at : 0,
			.at = life->steps[i].at,
			.local_bureau = life->place->bureau[DESK_LOCAL],
			.province_bureau = life->place->bureau[DESK_PROVINCE],
			.nation_bureau = life->place->bureau[DESK_NATION],
		};
	statistic_cells(o->q->arena, calendar, steps, life->nsteps, &cells, &ncells);
	for (size_t i = 0; i < ncells; i++)
		add(o->w, &cells[i]);
	arena_reset(o->q->arena);
}

static void
put_cells(struct out *o, int64_t bureau)
{
	for (size_t at = 0; at < CELLS_OF_BUREAU; at++) {
		size_t key = at / DAYS;
		int64_t month = month_number(date_of(o->w->begin) / 100) +
				(int64_t)(key / EVENTS / DESKS / PHASES);

		if (!counts[bureau][at])
			continue;
		put_int(o, bureau, '\t');
		put_int(o, month / 12 * 100 + month % 12 + 1, '\t');
		put_int(o, (int64_t)(key / EVENTS / DESKS % PHASES), '\t');
		put_int(o, (int64_t)(key / EVENTS % DESKS), '\t');
		put_int(o, (int64_t)(key % EVENTS), '\t');
		put_int(o, (int64_t)(at % DAYS), '\t');
		put_int(o, counts[bureau][at], '\n');
	}
}

void
row_statistics(struct out *o)
{
	struct arena *kept = arena_new((size_t)1 << 20);
	struct calendar calendar;
	struct lives lives;
	struct life life;

	if (calendar_load(o->q->db, kept, 0, &calendar) != ERR_OK)
		exit(EXIT_FAILURE);
	lives_begin(&lives, o->w);
	while (lives_next(&lives, &life))
		count_life(o, &calendar, &life);
	lives_end(&lives);
	for (int64_t bureau = 0; bureau < BUREAUS_MAX; bureau++)
		if (counts[bureau])
			put_cells(o, bureau);
	arena_free(kept);
}
