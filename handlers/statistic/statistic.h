#ifndef HANDLERS_STATISTIC_STATISTIC_H
#define HANDLERS_STATISTIC_STATISTIC_H

#include "fcgi/http/answer.h"

/* 统计, for officers: ?region=&from=yyyy-mm&to=yyyy-mm&phase=apply|accept (query.h). */

/* GET /statistics - of the region asked for: by month, in all, and of the regions one level below. */
extern const struct answer statistics_answer;
MUST_CHECK enum err statistics_show(struct req *q);
/* GET /statistics/export - the same as .xlsx, with each region below by month. */
extern const struct answer statistics_export_answer;
MUST_CHECK enum err statistics_export(struct req *q);

#endif
