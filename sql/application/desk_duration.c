#include "sql/application/desk_duration.h"

enum err
desk_duration_get(struct sql *db, struct arena *arena, unsigned phase, unsigned desk,
    struct desk_duration *ret)
{
	return sql_one(db, arena, "SELECT {} FROM desk_duration d WHERE phase = ? AND desk = ?",
	    ARGS(V(phase), V(desk)), desk_duration_shape(), ret);
}

enum err
desk_duration_put(struct sql_tx *tx, const struct desk_duration *d)
{
	return sql_exec(tx,
	    "INSERT INTO desk_duration (phase, desk, decisions, median_days, ninetieth_days,"
	    " computed_at) VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE"
	    " decisions = VALUES(decisions), median_days = VALUES(median_days),"
	    " ninetieth_days = VALUES(ninetieth_days), computed_at = VALUES(computed_at)",
	    ARGS(V(d->phase), V(d->desk), V(d->decisions), V(d->median_days), V(d->ninetieth_days),
		V(d->computed_at)),
	    NULL);
}

enum err
desk_duration_age(struct sql *db, struct arena *arena, int64_t *ret)
{

	return sql_number(db, arena, "SELECT MIN(computed_at) FROM desk_duration", NO_ARGS, ret);
}
