#include "sql/catalogue/calendar.h"

#include "handlers/rules/procedure/date.h"

#define CALENDAR_DAY_COLUMNS(C, E)                                                                 \
	E(INT, date, "d.day")                                                                      \
	C(BOOL, d, works)                                                                          \
	C(TEXT, d, name)
SQL_SHAPE(calendar_day, calendar_day, CALENDAR_DAY_COLUMNS)

#define TARGET_COLUMNS(C, E)                                                                       \
	C(CODE, d, desk)                                                                           \
	C(INT, d, days)
SQL_ROW(target, TARGET_COLUMNS)

enum err
calendar_load(struct sql *db, struct arena *arena, int64_t from, struct calendar *ret)
{
	struct calendar calendar = { 0 };
	const struct target *targets;
	size_t count;

	TRY(sql_all(db, arena,
	    "SELECT {} FROM calendar_day d WHERE day >= ? ORDER BY day LIMIT 1000",
	    ARGS(V(date_of(from))), calendar_day_shape(), &calendar.days, &calendar.count));
	TRY(sql_all(db, arena, "SELECT {} FROM desk_target d LIMIT 10", NO_ARGS, target_shape(),
	    &targets, &count));
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
	    "SELECT {} FROM calendar_day d WHERE day BETWEEN ? AND ? ORDER BY day"
	    " LIMIT 366",
	    ARGS(V(year * 10000), V(year * 10000 + 9999)), calendar_day_shape(), ret, ret_count);
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
	return sql_exec_one(tx, "DELETE FROM calendar_day WHERE day = ?", ARGS(V(date)),
	    ERR_NOT_FOUND);
}

enum err
desk_target_put(struct sql_tx *tx, enum desk desk, int64_t days)
{
	return sql_exec(tx,
	    "INSERT INTO desk_target (desk, days) VALUES (?, ?)"
	    " ON DUPLICATE KEY UPDATE days = VALUES(days)",
	    ARGS(V((unsigned)desk), V(days)), NULL);
}
