#ifndef HANDLERS_STATISTIC_COUNT_H
#define HANDLERS_STATISTIC_COUNT_H

#include "handlers/rules/procedure/calendar.h"
#include "sql/application/statistic.h"

/*
 * Steps as cells of 统计: each counts for every bureau it passes, once for a bureau
 * that acts as 地方 and as 省, and for its 区划. Steps of an application that is gone count for nobody.
 */

#define STATISTIC_CELLS_MAX 4 /* of one step */

/* The cells of these steps, sorted, no two alike; an array in the arena. */
void statistic_cells(struct arena *arena, const struct calendar *calendar,
    const struct statistic_step *steps, size_t count, const struct statistic_cell **ret,
    size_t *ret_count);

/* Sorts cells and adds up those that are alike; returns how many are left. */
size_t statistic_merge(struct statistic_cell *cells, size_t count);

#endif
