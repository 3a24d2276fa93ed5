#include "sql/application/desk_duration.h"

static const struct sql_column columns[] = {
	COLUMN(struct desk_duration, phase),
	COLUMN(struct desk_duration, desk),
	COLUMN(struct desk_duration, decisions),
	COLUMN(struct desk_duration, median_days),
	COLUMN(struct desk_duration, ninetieth_days),
	COLUMN(struct desk_duration, computed_at),
};
static const struct sql_shape shape = SHAPE(struct desk_duration, columns);

enum err
desk_duration_get(struct sql *db, struct arena *arena, unsigned phase, unsigned desk,
    struct desk_duration *ret)
{
	return sql_one(db, arena,
	    "SELECT phase, desk, decisions, median_days, ninetieth_days, computed_at"
	    " FROM desk_duration WHERE phase = ? AND desk = ?",
	    ARGS(V(phase), V(desk)), &shape, ret);
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
	struct oldest {
		int64_t at;
	} row;
	static const struct sql_column oldest_columns[] = { COLUMN(struct oldest, at) };
	static const struct sql_shape oldest_shape = SHAPE(struct oldest, oldest_columns);

	TRY(sql_one(db, arena, "SELECT MIN(computed_at) FROM desk_duration", NO_ARGS, &oldest_shape,
	    &row));
	*ret = row.at;
	return ERR_OK;
}
