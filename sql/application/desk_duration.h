#ifndef SQL_APPLICATION_DESK_DURATION_H
#define SQL_APPLICATION_DESK_DURATION_H

#include "sql/db/db.h"

/* How long each desk usually takes, per phase: read off the counts of the last months once a day. */
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

#endif
