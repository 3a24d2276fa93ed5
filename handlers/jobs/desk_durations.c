#include "handlers/jobs/jobs.h"
#include "handlers/rules/calendar.h"
#include "handlers/rules/workflow.h"
#include "sql/calendar.h"
#include "sql/desk_duration.h"

#define DAY (24 * 60 * 60)
#define WINDOW (90 * DAY) /* seconds looked back */
#define EVERY DAY         /* seconds between two looks */
#define DAYS_MAX 99       /* longer ones count as this */
#define PAGE 1000         /* rows read at a time */
#define PHASES 2
#define DESKS (DESK_NATION + 1)

/* How many decisions took how many days; percentiles are read off it. */
struct tally {
	int64_t of[PHASES][DESKS][DAYS_MAX + 1];
};

static int
phase_index(enum phase phase)
{
	return phase == PHASE_APPLY ? 0 : 1;
}

static void
count(struct tally *tally, const struct calendar *c, const struct desk_decision *d)
{
	int64_t days = workdays(c, d->came_at, d->decided_at);
	int phase = phase_index(state_phase((enum state)d->from_state));

	if (d->desk < DESKS && d->came_at > 0)
		tally->of[phase][d->desk][days < DAYS_MAX ? days : DAYS_MAX]++;
}

/* The smallest number of days within which `percent` of them were done. */
static int64_t
percentile(const int64_t days[DAYS_MAX + 1], int64_t total, int64_t percent)
{
	int64_t seen = 0, d = 0;

	while (d < DAYS_MAX && (seen += days[d]) * 100 < total * percent)
		d++;
	return d;
}

static enum err
put(struct req *q, struct sql_tx *tx, const struct tally *tally, enum phase phase, unsigned desk)
{
	const int64_t *days = tally->of[phase_index(phase)][desk];
	struct desk_duration d = { .phase = phase, .desk = desk, .computed_at = q->now };

	for (int i = 0; i <= DAYS_MAX; i++)
		d.decisions += days[i];
	if (d.decisions > 0) {
		d.median_days = percentile(days, d.decisions, 50);
		d.ninetieth_days = percentile(days, d.decisions, 90);
	}
	return desk_duration_put(tx, &d);
}

static enum err
collect(struct req *q, struct tally *tally)
{
	const struct desk_decision *rows;
	struct calendar calendar;
	int64_t last = 0;
	size_t n;

	TRY(desk_decisions_begin(q->db, q->arena, q->now - WINDOW, &last));
	do {
		TRY(desk_decisions(q->db, q->arena, q->now - WINDOW, last, PAGE, &rows, &n));
		TRY(calendar_load(q->db, q->arena, q->now - 2 * WINDOW, &calendar));
		for (size_t i = 0; i < n; i++)
			count(tally, &calendar, &rows[i]);
		last = n > 0 ? rows[n - 1].id : last;
		arena_reset(q->arena);
	} while (n == PAGE);
	return ERR_OK;
}

enum err
desk_durations_run(struct req *q)
{
	struct tally tally = { 0 };
	int64_t at;

	TRY(desk_duration_age(q->db, q->arena, &at));
	if (at > q->now - EVERY)
		return ERR_OK;
	TRY(collect(q, &tally));
	SQL_TX(tx, q->db);
	for (unsigned desk = DESK_LOCAL; desk < DESKS; desk++) {
		TRY(put(q, &tx, &tally, PHASE_APPLY, desk));
		TRY(put(q, &tx, &tally, PHASE_ACCEPT, desk));
	}
	return sql_commit(&tx);
}
