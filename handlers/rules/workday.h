#ifndef HANDLERS_RULES_WORKDAY_H
#define HANDLERS_RULES_WORKDAY_H

#include <stdint.h>

/*
 * Working days from one time to another, both in Unix seconds, as people count
 * them in Asia/Shanghai: Mondays to Fridays, the first and the last day
 * included, and at least 1. Public holidays are decided every autumn for one
 * year and are not known here, so it is an estimate.
 */
int64_t workdays(int64_t from, int64_t to);

#endif
