#ifndef HANDLERS_COMMON_REACH_FIGURES_H
#define HANDLERS_COMMON_REACH_FIGURES_H

#include "fcgi/http/request.h"
#include "sql/catalogue/bureau.h"

/*
 * Whose figures he may read, with all below: his bureau, or that of his regions. Where these have
 * none of their own (a county), id is 0 and the rest is theirs: sql/application/statistic.h counts by prefix.
 */
MUST_CHECK enum err reach_figures(struct req *q, struct bureau *ret);

#endif
