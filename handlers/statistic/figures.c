#include "handlers/statistic/figures.h"

void
figures_add(struct figures *f, const struct statistic_cell *cell, int64_t sign)
{
	struct desk_figures *desk = &f->desks[cell->desk <= DESK_NATION ? cell->desk : DESK_NONE];
	int64_t steps = cell->steps * sign;

	switch ((enum event)cell->event) {
	case EVENT_SUBMIT:
		f->submitted += steps;
		return;
	case EVENT_DISCARD:
		f->discarded += steps;
		return;
	case EVENT_PASS:
		desk->passed += steps;
		break;
	case EVENT_REJECT:
		desk->rejected += steps;
		break;
	}
	desk->within[cell->days < STATISTIC_DAYS_MAX ? cell->days : STATISTIC_DAYS_MAX] += steps;
}

bool
figures_empty(const struct figures *f)
{
	int64_t all = f->submitted + f->discarded;

	for (int desk = DESK_LOCAL; desk <= DESK_NATION; desk++)
		all += decisions_of(&f->desks[desk]);
	return all == 0;
}

int64_t
decisions_of(const struct desk_figures *d)
{
	return d->passed + d->rejected;
}

int64_t
pass_rate(const struct desk_figures *d)
{
	int64_t all = decisions_of(d);

	return all > 0 ? (d->passed * 1000 + all / 2) / all : -1;
}

int64_t
days_within(const struct desk_figures *d, int64_t percent)
{
	int64_t all = decisions_of(d), seen = 0, days = 0;

	if (all == 0)
		return -1;
	while (days < STATISTIC_DAYS_MAX && (seen += d->within[days]) * 100 < all * percent)
		days++;
	return days;
}
