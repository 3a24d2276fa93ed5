#include "handlers/statistic/count.h"

#include <stdlib.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "handlers/rules/procedure/date.h"

#define BUREAUS STATISTIC_CELLS_MAX

static int64_t
days_of(const struct calendar *calendar, const struct statistic_step *step)
{
	int64_t days;

	if (step->desk == DESK_NONE || step->came_at == 0)
		return 0;
	days = calendar_waited(calendar, step->came_at, step->at);
	return days < STATISTIC_DAYS_MAX ? days : STATISTIC_DAYS_MAX;
}

static size_t
cells_of(const struct calendar *calendar, const struct statistic_step *step,
    struct statistic_cell ret[BUREAUS])
{
	const int64_t bureaus[BUREAUS] = { step->nation_bureau, step->province_bureau,
		step->local_bureau, STATISTIC_REGION(step->region) };
	const struct statistic_cell cell = {
		.month = date_of(step->at) / 100,
		.phase = event_phase((enum event)step->event, (enum state)step->from_state),
		.desk = step->desk,
		.event = step->event,
		.days = days_of(calendar, step),
		.steps = 1,
	};
	size_t count = 0;

	for (size_t i = 0; i < BUREAUS; i++) {
		if (bureaus[i] == 0 || (i > 0 && bureaus[i] == bureaus[i - 1]))
			continue;
		ret[count] = cell;
		ret[count++].bureau_id = bureaus[i];
	}
	return count;
}

/* All but what is counted, in the order of the table's key. */
static int
compare(const void *a, const void *b)
{
	const struct statistic_cell *x = a, *y = b;
	const int64_t left[] = { x->bureau_id, x->month, x->phase, x->desk, x->event, x->days };
	const int64_t right[] = { y->bureau_id, y->month, y->phase, y->desk, y->event, y->days };

	for (size_t i = 0; i < COUNT(left); i++)
		if (left[i] != right[i])
			return left[i] < right[i] ? -1 : 1;
	return 0;
}

size_t
statistic_merge(struct statistic_cell *cells, size_t count)
{
	size_t last = 0;

	if (count == 0)
		return 0;
	qsort(cells, count, sizeof(*cells), compare);
	for (size_t i = 1; i < count; i++)
		if (compare(&cells[last], &cells[i]) == 0)
			cells[last].steps += cells[i].steps;
		else
			cells[++last] = cells[i];
	return last + 1;
}

void
statistic_cells(struct arena *arena, const struct calendar *calendar,
    const struct statistic_step *steps, size_t count, const struct statistic_cell **ret,
    size_t *ret_count)
{
	struct statistic_cell *cells = arena_alloc(arena, (count + 1) * BUREAUS * sizeof(*cells));
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		n += cells_of(calendar, &steps[i], &cells[n]);
	*ret = cells;
	*ret_count = statistic_merge(cells, n);
}
