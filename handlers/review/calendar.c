#include "handlers/review/calendar.h"

#include <string.h>

#include "fcgi/base/time.h"
#include "fcgi/http/query.h"
#include "handlers/common/deed.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/admin_form.h"
#include "handlers/rules/procedure/date.h"
#include "sql/catalogue/bureau.h"

#define LOOK_BACK (2 * 366 * DAY) /* seconds; what waits longer is late anyhow */
#define YEAR_FIRST 2000
#define YEAR_LAST 2100

struct calendar_day_answer {
	struct calendar_day row;
	const char *day;
};
static const struct answer_row day_rows[] = {
	ANSWER_AS(struct calendar_day_answer, row.date, "id", .about = "yyyymmdd"),
	ANSWER(struct calendar_day_answer, day, .about = "yyyy-mm-dd"),
	ANSWER_AS(struct calendar_day_answer, row.works, "works",
	    .about = "worked on, though a weekend"),
	ANSWER_AS(struct calendar_day_answer, row.name, "name", .about = "of the holiday"),
};
const struct answer calendar_day_answer =
    ANSWER_TABLE("calendar_day", struct calendar_day_answer, day_rows);

struct desk_target_answer {
	const char *desk, *text;
	int64_t days, usual;
};
static const struct answer_row target_rows[] = {
	ANSWER(struct desk_target_answer, desk, .words = desk_words),
	ANSWER(struct desk_target_answer, text),
	ANSWER(struct desk_target_answer, days, .about = "working days the desk may take"),
	ANSWER_AS(struct desk_target_answer, usual, "default",
	    .about = "days where nobody changed them"),
};
static const struct answer target_answer =
    ANSWER_TABLE("desk_target", struct desk_target_answer, target_rows);

struct calendar_answer {
	int64_t year;
	ANSWER_ITEMS(struct calendar_day_answer) items;
	ANSWER_ITEMS(struct desk_target_answer) targets;
	bool may_edit;
};
static const struct answer_row rows[] = {
	ANSWER(struct calendar_answer, year),
	ANSWER_MANY(struct calendar_answer, items, &calendar_day_answer,
	    .about = "holidays, and weekends worked on"),
	ANSWER_MANY(struct calendar_answer, targets, &target_answer, .about = "of each desk"),
	ANSWER(struct calendar_answer, may_edit),
};
const struct answer calendar_answer = ANSWER_TABLE("calendar", struct calendar_answer, rows);

struct desk_target_set_answer {
	const char *desk;
	int64_t days;
};
static const struct answer_row set_rows[] = {
	ANSWER(struct desk_target_set_answer, desk, .words = desk_words),
	ANSWER(struct desk_target_set_answer, days, .about = "working days"),
};
const struct answer desk_target_set_answer =
    ANSWER_TABLE("desk_target_set", struct desk_target_set_answer, set_rows);

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

static void
fill_days(struct arena *arena, const struct calendar_day *days, size_t count,
    struct calendar_answer *ret)
{
	struct calendar_day_answer *all = ARENA_ARRAY(arena, struct calendar_day_answer, count);

	for (size_t i = 0; i < count; i++)
		all[i] = (struct calendar_day_answer){ days[i], day_text(arena, days[i].date) };
	ret->items.items = all;
	ret->items.count = count;
}

static void
fill_targets(struct arena *arena, const struct calendar *c, struct calendar_answer *ret)
{
	struct desk_target_answer *all = ARENA_ARRAY(arena, struct desk_target_answer, DESK_NATION);

	for (enum desk desk = DESK_LOCAL; desk <= DESK_NATION; desk++)
		all[ret->targets.count++] = (struct desk_target_answer){
			.desk = desk_info(desk)->wire,
			.text = desk_info(desk)->text,
			.days = calendar_target(c, desk),
			.usual = calendar_default(desk),
		};
	ret->targets.items = all;
}

struct calendar_query {
	int64_t year;
};
static const struct field query_fields[] = {
	FIELD(struct calendar_query, year, .label = "this one without", .min = YEAR_FIRST,
	    .max = YEAR_LAST),
};
const struct form calendar_query = FORM("calendar_query", query_fields);

enum err
calendar_show(struct req *q)
{
	struct calendar_query in = { .year = date_of(q->now) / 10000 };
	struct calendar_answer answer = { 0 };
	const struct calendar_day *days;
	struct calendar now;
	size_t count;

	TRY(query_bind(q, &calendar_query, &in));
	answer.year = in.year;
	TRY(may_edit(q, &answer.may_edit));
	TRY(calendar_year(q->db, q->arena, answer.year, &days, &count));
	TRY(calendar_now(q, &now));
	fill_days(q->arena, days, count, &answer);
	fill_targets(q->arena, &now, &answer);
	return reply(q, 200, &calendar_answer, &answer);
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
	struct calendar_day_answer answer = { .row = { 0 } };
	struct calendar_day *day = &answer.row;

	TRY(check_may(q));
	TRY(read_day(q, &day->date));
	TRY(form_bind(&calendar_day_form, q, NULL, FORM_SUBMIT, &in));
	day->works = in.works;
	day->name = in.name;
	answer.day = day_text(q->arena, day->date);
	SQL_TX(tx, q->db);
	TRY(calendar_put(&tx, day));
	return deed_done(q, &tx, DEED_CALENDAR_DAY, arena_printf(q->arena, "day/%s", answer.day),
	    arena_printf(q->arena, "works=%d name=%s", day->works, day->name), 200,
	    answer_text(q, &calendar_day_answer, &answer));
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
	const struct desk_target_set_answer answer = { in.desk, in.days };
	return deed_done(q, &tx, DEED_CALENDAR_TARGET, arena_printf(q->arena, "desk/%s", in.desk),
	    arena_printf(q->arena, "days=%lld", (long long)in.days), 200,
	    answer_text(q, &desk_target_set_answer, &answer));
}
