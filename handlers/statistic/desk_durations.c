#include "handlers/statistic/desk_durations.h"

#include "fcgi/base/time.h"
#include "handlers/rules/procedure/date.h"
#include "handlers/rules/procedure/region.h"
#include "handlers/statistic/query.h"
#include "sql/application/desk_duration.h"

#define MONTHS 3  /* before this one */
#define EVERY DAY /* seconds between two looks */

/* Those who wait count the day they came; statistic_cell does not. */
static int64_t
days(const struct desk_figures *d, int64_t percent)
{
	return d->passed + d->rejected > 0 ? days_within(d, percent) + 1 : 0;
}

static enum err
put(struct req *q, struct sql_tx *tx, const struct figures *figures, enum phase phase)
{
	for (enum desk desk = DESK_LOCAL; desk <= DESK_NATION; desk++) {
		const struct desk_figures *d = &figures->desks[desk];
		const struct desk_duration duration = { .phase = phase,
			.desk = desk,
			.decisions = decisions_of(d),
			.median_days = days(d, 50),
			.ninetieth_days = days(d, 90),
			.computed_at = q->now };

		TRY(desk_duration_put(tx, &duration));
	}
	return ERR_OK;
}

/* Of the whole country: the nation's bureau is passed by everything. */
static enum err
collect(struct req *q, int64_t nation, enum phase phase, struct figures *ret)
{
	int64_t month = date_of(q->now) / 100;
	const struct statistic_range range = { month_back(month, MONTHS), month, phase };
	const struct statistic_cell *cells;
	size_t count;

	TRY(statistic_of(q->db, q->arena, nation, &range, &cells, &count));
	for (size_t i = 0; i < count; i++)
		figures_add(ret, &cells[i], 1);
	return ERR_OK;
}

enum err
desk_durations_run(struct req *q)
{
	static const enum phase phases[] = { PHASE_APPLY, PHASE_ACCEPT };
	struct figures *figures = arena_alloc(q->arena, 2 * sizeof(*figures));
	struct bureau nation;
	int64_t at;

	TRY(desk_duration_age(q->db, q->arena, &at));
	if (at > q->now - EVERY)
		return ERR_OK;
	enum err e = bureau_by_region(q->db, q->arena, REGION_NATION_CODE, &nation);
	if (e != ERR_OK)
		return e == ERR_NOT_FOUND ? ERR_OK : e; /* not seeded: nothing passes anybody yet */
	for (int i = 0; i < 2; i++)
		TRY(collect(q, nation.id, phases[i], &figures[i]));
	SQL_TX(tx, q->db);
	for (int i = 0; i < 2; i++)
		TRY(put(q, &tx, &figures[i], phases[i]));
	return sql_commit(&tx);
}
