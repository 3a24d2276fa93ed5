#ifndef HANDLERS_STATISTIC_QUERY_H
#define HANDLERS_STATISTIC_QUERY_H

#include "fcgi/http/answer.h"
#include "handlers/statistic/figures.h"
#include "sql/catalogue/bureau.h"

/* Which 统计 is asked for. */
struct statistic_query {
	struct bureau mine;   /* of the officer, or of the regions he works on: reach_figures() */
	struct bureau bureau; /* whose region is asked for; his own or one below; id 0: none's */
	struct statistic_range range;
};

#define STATISTIC_MONTHS_MAX 60
#define STATISTIC_MONTHS 12 /* unless asked otherwise: up to this one */

extern const struct form statistic_query;
/*
 * ERR_INVALID naming what cannot be; ERR_NOT_FOUND for a region without a bureau, and for one
 * that is not this bureau's to see.
 */
MUST_CHECK enum err statistic_query_read(struct req *q, struct statistic_query *ret);

/* yyyymm of the next month, or of n months before. */
int64_t month_next(int64_t month);
int64_t month_back(int64_t month, int64_t n);
int64_t months_between(int64_t from, int64_t to);           /* both included */
const char *month_text(struct arena *arena, int64_t month); /* "2026-01" */

/* One per month of the range, in the arena. */
MUST_CHECK enum err statistic_months(struct sql *db, struct arena *arena, int64_t bureau_id,
    const struct statistic_range *range, struct figures **ret);

/* The same of what is asked for, also of regions that are no bureau's own. */
MUST_CHECK enum err
statistic_months_of(struct req *q, const struct statistic_query *query, struct figures **ret);

/* The regions one level below, as this level's page lists them. */
struct statistic_part {
	const char *code; /* of the region; "" for what the bureau itself is 地方 for */
	const char *name;
	int64_t bureau_id;      /* 0: the same */
	bool parts;             /* something lies below it */
	struct figures figures; /* over the whole range */
};
/* None for a bureau that has no bureaus below. total: of the bureau itself. */
MUST_CHECK enum err statistic_parts(struct req *q, const struct statistic_query *query,
    const struct figures *total, struct statistic_part **ret, size_t *ret_count);

#endif
