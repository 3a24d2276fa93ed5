#include "sql/catalogue/calendar.h"

#include "handlers/rules/procedure/date.h"

static const struct sql_column columns[] = {
	COLUMN(struct calendar_day, date),
	COLUMN(struct calendar_day, works),
	COLUMN(struct calendar_day, name),
};
static const struct sql_shape shape = SHAPE(struct calendar_day, columns);

struct target {
	unsigned desk;
	int64_t days;
};
static const struct sql_column target_columns[] = {
	COLUMN(struct target, desk),
	COLUMN(struct target, days),
};
static const struct sql_shape target_shape = SHAPE(struct target, target_columns);

enum err
calendar_load(struct sql *db, struct arena *arena, int64_t from, struct calendar *ret)
{
	struct calendar calendar = { 0 };
	const struct target *targets;
	size_t count;

	TRY(sql_all(db, arena,
	    "SELECT day, works, name FROM calendar_day WHERE day >= ? ORDER BY day LIMIT 1000",
	    ARGS(V(date_of(from))), &shape, &calendar.days, &calendar.count));
	TRY(sql_all(db, arena, "SELECT desk, days FROM desk_target LIMIT 10", NO_ARGS,
	    &target_shape, &targets, &count));
	for (size_t i = 0; i < count; i++)
		if (targets[i].desk <= DESK_NATION)
			calendar.target[targets[i].desk] = targets[i].days;
	*ret = calendar;
	return ERR_OK;
}

enum err
calendar_year(struct sql *db, struct arena *arena, int64_t year, const struct calendar_day **ret,
    size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT day, works, name FROM calendar_day WHERE day BETWEEN ? AND ? ORDER BY day"
	    " LIMIT 366",
	    ARGS(V(year * 10000), V(year * 10000 + 9999)), &shape, ret, ret_count);
}

enum err
calendar_put(struct sql_tx *tx, const struct calendar_day *day)
{
	return sql_exec(tx,
	    "INSERT INTO calendar_day (day, works, name) VALUES (?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE works = VALUES(works), name = VALUES(name)",
	    ARGS(V(day->date), V(day->works), V(day->name)), NULL);
}

enum err
calendar_delete(struct sql_tx *tx, int64_t date)
{
	uint64_t changed;

	TRY(sql_exec(tx, "DELETE FROM calendar_day WHERE day = ?", ARGS(V(date)), &changed));
	return changed == 1 ? ERR_OK : ERR_NOT_FOUND;
}

enum err
desk_target_put(struct sql_tx *tx, enum desk desk, int64_t days)
{
	return sql_exec(tx,
	    "INSERT INTO desk_target (desk, days) VALUES (?, ?)"
	    " ON DUPLICATE KEY UPDATE days = VALUES(days)",
	    ARGS(V((unsigned)desk), V(days)), NULL);
}
