#ifndef SQL_DESK_DURATION_H
#define SQL_DESK_DURATION_H

#include "sql/db.h"

/* How long each desk usually takes, per phase: what `portal jobs` found over the last 90 days. */
struct desk_duration {
	unsigned phase, desk; /* enum phase, enum desk */
	int64_t decisions;
	int64_t median_days, ninetieth_days; /* working days, from 1 */
	int64_t computed_at;
};

/* One desk. ERR_NOT_FOUND: nobody has looked yet. */
MUST_CHECK enum err desk_duration_get(struct sql *db, struct arena *arena, unsigned phase,
    unsigned desk, struct desk_duration *ret);
MUST_CHECK enum err desk_duration_put(struct sql_tx *tx, const struct desk_duration *d);
/* When the oldest of them was computed; 0 while there is none. */
MUST_CHECK enum err desk_duration_age(struct sql *db, struct arena *arena, int64_t *ret);

/* One decision of a desk, and when the application had come to it. */
struct desk_decision {
	int64_t id; /* of the event */
	unsigned desk, from_state;
	int64_t came_at, decided_at;
};

/*
 * An event from before that time, after which those since then follow: found by halving, as events
 * get their ids in the order of time. 0 when there is none before.
 */
MUST_CHECK enum err
desk_decisions_begin(struct sql *db, struct arena *arena, int64_t since, int64_t *ret);
/* Since that time, in the order of their ids, after `id`. */
MUST_CHECK enum err desk_decisions(struct sql *db, struct arena *arena, int64_t since, int64_t id,
    int64_t limit, const struct desk_decision **ret, size_t *ret_count);

#endif
