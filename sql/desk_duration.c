#include "sql/desk_duration.h"

static const struct sql_column columns[] = {
	COLUMN(struct desk_duration, phase),
	COLUMN(struct desk_duration, desk),
	COLUMN(struct desk_duration, decisions),
	COLUMN(struct desk_duration, median_days),
	COLUMN(struct desk_duration, ninetieth_days),
	COLUMN(struct desk_duration, computed_at),
};
static const struct sql_shape shape = SHAPE(struct desk_duration, columns);

static const struct sql_column decision_columns[] = {
	COLUMN(struct desk_decision, id),
	COLUMN(struct desk_decision, desk),
	COLUMN(struct desk_decision, from_state),
	COLUMN(struct desk_decision, came_at),
	COLUMN(struct desk_decision, decided_at),
};
static const struct sql_shape decision_shape = SHAPE(struct desk_decision, decision_columns);

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
	struct age {
		int64_t at;
	} row;
	static const struct sql_column age_columns[] = { COLUMN(struct age, at) };
	static const struct sql_shape age_shape = SHAPE(struct age, age_columns);

	TRY(sql_one(db, arena, "SELECT MIN(computed_at) FROM desk_duration", NO_ARGS, &age_shape,
	    &row));
	*ret = row.at;
	return ERR_OK;
}

struct moment {
	int64_t id, at;
};
static const struct sql_column moment_columns[] = {
	COLUMN(struct moment, id),
	COLUMN(struct moment, at),
};
static const struct sql_shape moment_shape = SHAPE(struct moment, moment_columns);

enum err
desk_decisions_begin(struct sql *db, struct arena *arena, int64_t since, int64_t *ret)
{
	int64_t before = 0, after;
	struct moment m;

	TRY(sql_one(db, arena, "SELECT COALESCE(MAX(id), 0) + 1, 0 FROM application_event", NO_ARGS,
	    &moment_shape, &m));
	after = m.id;
	while (after - before > 1) {
		int64_t middle = before + (after - before) / 2;
		enum err e = sql_one(db, arena,
		    "SELECT id, created_at FROM application_event WHERE id >= ? ORDER BY id LIMIT "
		    "1",
		    ARGS(V(middle)), &moment_shape, &m);

		if (e != ERR_NOT_FOUND)
			TRY(e);
		if (e == ERR_OK && m.at < since && m.id < after)
			before = m.id;
		else
			after = middle;
	}
	*ret = before;
	return ERR_OK;
}

enum err
desk_decisions(struct sql *db, struct arena *arena, int64_t since, int64_t id, int64_t limit,
    const struct desk_decision **ret, size_t *ret_count)
{
	/* it came to the desk with the step before */
	return sql_all(db, arena,
	    "SELECT e.id, e.desk, e.from_state, (SELECT MAX(p.created_at) FROM application_event p"
	    "  WHERE p.application_id = e.application_id AND p.id < e.id), e.created_at"
	    " FROM application_event e WHERE e.id > ? AND e.created_at >= ? AND e.desk > 0"
	    " ORDER BY e.id LIMIT ?",
	    ARGS(V(id), V(since), V(limit)), &decision_shape, ret, ret_count);
}
