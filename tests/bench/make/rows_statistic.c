#include <stdlib.h>

#include "handlers/rules/procedure/date.h"
#include "handlers/statistic/count.h"
#include "sql/catalogue/calendar.h"
#include "tests/bench/make/rows.h"

/*
 * 统计 as `portal admin statistics-rebuild` would count it, which reads every step back from the
 * database and takes longer: with millions of applications one counts as they are told.
 */
#define BUREAUS_MAX 1000
#define REGIONS_MAX 1000000
#define MONTHS 40
#define PHASES 3
#define EVENTS 5
#define DAYS (STATISTIC_DAYS_MAX + 1)
#define KEYS ((size_t)MONTHS * PHASES * DESKS * EVENTS)

/* Of each bureau by its id, of each 区划 by its number: by key a row of days, made when needed. */
static uint32_t **bureaus[BUREAUS_MAX], **regions[REGIONS_MAX];

static int64_t
month_number(int64_t month)
{
	return month / 100 * 12 + month % 100 - 1;
}

static uint32_t ***
counts_of(int64_t id)
{
	if (id >= BUREAUS_MAX || id <= STATISTIC_REGION((int64_t)REGIONS_MAX))
		abort();
	return id < 0 ? &regions[STATISTIC_REGION(id)] : &bureaus[id];
}

static void
add(const struct world *w, const struct statistic_cell *c)
{
	int64_t month = month_number(c->month) - month_number(date_of(w->begin) / 100);
	uint32_t ***counts = counts_of(c->bureau_id);

	if (month < 0 || month >= MONTHS)
		abort();
	size_t key = (((size_t)month * PHASES + c->phase) * DESKS + c->desk) * EVENTS + c->event;
	if (!*counts)
		*counts = calloc(KEYS, sizeof(**counts));
	if (!(*counts)[key])
		(*counts)[key] = calloc(DAYS, sizeof(uint32_t));
	(*counts)[key][c->days] += (uint32_t)c->steps;
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
			.region = strtoll(life->place->code, NULL, 10),
		};
	statistic_cells(o->q->arena, calendar, steps, life->nsteps, &cells, &ncells);
	for (size_t i = 0; i < ncells; i++)
		add(o->w, &cells[i]);
	arena_reset(o->q->arena);
}

static void
put_days(struct out *o, int64_t id, size_t key, const uint32_t *days)
{
	int64_t month =
	    month_number(date_of(o->w->begin) / 100) + (int64_t)(key / EVENTS / DESKS / PHASES);

	for (int day = 0; day < DAYS; day++) {
		if (!days[day])
			continue;
		put_int(o, id, '\t');
		put_int(o, month / 12 * 100 + month % 12 + 1, '\t');
		put_int(o, (int64_t)(key / EVENTS / DESKS % PHASES), '\t');
		put_int(o, (int64_t)(key / EVENTS % DESKS), '\t');
		put_int(o, (int64_t)(key % EVENTS), '\t');
		put_int(o, day, '\t');
		put_int(o, days[day], '\n');
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
	for (int64_t id = STATISTIC_REGION((int64_t)REGIONS_MAX - 1); id < BUREAUS_MAX; id++)
		for (size_t key = 0; *counts_of(id) && key < KEYS; key++)
			if ((*counts_of(id))[key])
				put_days(o, id, key, (*counts_of(id))[key]);
	arena_free(kept);
}
