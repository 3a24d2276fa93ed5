#ifndef SQL_APPLICATION_DESK_DURATION_H
#define SQL_APPLICATION_DESK_DURATION_H

#include "sql/db/db.h"

/* How long each desk usually takes, per phase: read off the counts of the last months once a day. */
#define DESK_DURATION_COLUMNS(C, E)                                                                \
	C(CODE, d, phase) /* enum phase, enum desk */                                              \
	C(CODE, d, desk)                                                                           \
	C(INT, d, decisions)                                                                       \
	C(INT, d, median_days) /* working days, from 1 */                                          \
	C(INT, d, ninetieth_days)                                                                  \
	C(INT, d, computed_at)
SQL_ROW(desk_duration, DESK_DURATION_COLUMNS)

/* One desk. ERR_NOT_FOUND: nobody has looked yet. */
MUST_CHECK enum err desk_duration_get(struct sql *db, struct arena *arena, unsigned phase,
    unsigned desk, struct desk_duration *ret);
MUST_CHECK enum err desk_duration_put(struct sql_tx *tx, const struct desk_duration *d);
/* When the oldest of them was computed; 0 while there is none. */
MUST_CHECK enum err desk_duration_age(struct sql *db, struct arena *arena, int64_t *ret);

#endif
