#include "handlers/review/calendar.h"

#include <string.h>

#include "fcgi/base/time.h"
#include "handlers/common/deed.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/admin_form.h"
#include "handlers/rules/procedure/date.h"
#include "sql/catalogue/bureau.h"

#define LOOK_BACK (2 * 366 * DAY) /* seconds; what waits longer is late anyhow */
#define YEAR_FIRST 2000
#define YEAR_LAST 2100

enum err
calendar_now(struct req *q, struct calendar *ret)
{
	return calendar_load(q->db, q->arena, q->now - LOOK_BACK, ret);
}

static enum err
may_edit(struct req *q, bool *ret)
{
	struct bureau bureau;

	*ret = who_role(q) == ROLE_SYSADMIN;
	if (*ret || !who_bureau(q))
		return ERR_OK;
	TRY(bureau_get(q->db, q->arena, who_bureau(q), &bureau));
	*ret = bureau.level == 1;
	return ERR_OK;
}

static enum err
check_may(struct req *q)
{
	bool may;

	TRY(may_edit(q, &may));
	return may ? ERR_OK : refuse(q, ERR_FORBIDDEN, "工作日历和办理时限由国家医疗保障局维护");
}

static const char *
day_text(struct arena *arena, int64_t date)
{
	return arena_printf(arena, "%04lld-%02lld-%02lld", (long long)(date / 10000),
	    (long long)(date / 100 % 100), (long long)(date % 100));
}

static json_t *
day_json(struct req *q, const struct calendar_day *day)
{
	return json_pack("{sI ss sb ss}", "id", (json_int_t)day->date, "day",
	    day_text(q->arena, day->date), "works", day->works, "name", day->name);
}

static json_t *
targets_json(const struct calendar *c)
{
	json_t *all = json_array();

	for (enum desk desk = DESK_LOCAL; desk <= DESK_NATION; desk++)
		json_array_append_new(all,
		    json_pack("{ss ss sI sI}", "desk", desk_info(desk)->wire, "text",
			desk_info(desk)->text, "days", (json_int_t)calendar_target(c, desk),
			"default", (json_int_t)calendar_default(desk)));
	return all;
}

enum err
calendar_show(struct req *q)
{
	int64_t year = query_int(q, "year", YEAR_FIRST, YEAR_LAST, date_of(q->now) / 10000);
	const struct calendar_day *days;
	struct calendar now;
	size_t count;
	bool may;

	TRY(may_edit(q, &may));
	TRY(calendar_year(q->db, q->arena, year, &days, &count));
	TRY(calendar_now(q, &now));
	json_t *items = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(items, day_json(q, &days[i]));
	return reply_json(q, 200,
	    json_pack("{sI so so sb}", "year", (json_int_t)year, "items", items, "targets",
		targets_json(&now), "may_edit", may));
}

static enum err
read_day(struct req *q, int64_t *ret)
{
	if (!date_real(q->id) || q->id / 10000 < YEAR_FIRST || q->id / 10000 > YEAR_LAST)
		return ERR_NOT_FOUND;
	*ret = q->id;
	return ERR_OK;
}

enum err
calendar_day_put(struct req *q)
{
	struct calendar_day_form in = { 0 };
	struct calendar_day day = { 0 };

	TRY(check_may(q));
	TRY(read_day(q, &day.date));
	TRY(form_bind(&calendar_day_form, q, NULL, FORM_SUBMIT, &in));
	day.works = in.works;
	day.name = in.name;
	SQL_TX(tx, q->db);
	TRY(calendar_put(&tx, &day));
	return deed_done(q, &tx, DEED_CALENDAR_DAY,
	    arena_printf(q->arena, "day/%s", day_text(q->arena, day.date)),
	    arena_printf(q->arena, "works=%d name=%s", day.works, day.name), 200,
	    day_json(q, &day));
}

enum err
calendar_day_remove(struct req *q)
{
	int64_t date;

	TRY(check_may(q));
	TRY(read_day(q, &date));
	SQL_TX(tx, q->db);
	TRY(calendar_delete(&tx, date));
	return deed_done(q, &tx, DEED_CALENDAR_ORDINARY,
	    arena_printf(q->arena, "day/%s", day_text(q->arena, date)), "", 204, NULL);
}

enum err
calendar_target_put(struct req *q)
{
	struct desk_target_form in = { 0 };
	enum desk desk = DESK_LOCAL;

	TRY(check_may(q));
	TRY(form_bind(&desk_target_form, q, NULL, FORM_SUBMIT, &in));
	while (strcmp(desk_info(desk)->wire, in.desk) != 0) /* a choice of the form */
		desk++;
	SQL_TX(tx, q->db);
	TRY(desk_target_put(&tx, desk, in.days));
	return deed_done(q, &tx, DEED_CALENDAR_TARGET, arena_printf(q->arena, "desk/%s", in.desk),
	    arena_printf(q->arena, "days=%lld", (long long)in.days), 200,
	    json_pack("{ss sI}", "desk", in.desk, "days", (json_int_t)in.days));
}
