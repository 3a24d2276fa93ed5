#ifndef HANDLERS_STATISTIC_FIGURES_H
#define HANDLERS_STATISTIC_FIGURES_H

#include "sql/application/statistic.h"

/* What 统计 says of a region in a time: cells added up, and what is read off them. */
struct desk_figures {
	int64_t passed, rejected;
	int64_t within[STATISTIC_DAYS_MAX + 1]; /* decisions by the working days they took */
};

struct figures {
	int64_t submitted, discarded;
	struct desk_figures desks[DESK_NATION + 1]; /* from DESK_LOCAL on */
};

/* sign: 1 adds the cell, -1 takes it away. */
void figures_add(struct figures *f, const struct statistic_cell *cell, int64_t sign);
bool figures_empty(const struct figures *f);

int64_t decisions_of(const struct desk_figures *d);
/* Passed of 1,000 decisions, rounded; -1 when there are none. */
int64_t pass_rate(const struct desk_figures *d);
/* The smallest number of working days within which `percent` were decided; -1 when none were. */
int64_t days_within(const struct desk_figures *d, int64_t percent);

#endif
