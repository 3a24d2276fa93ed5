#include "fcgi/http/query.h"
#include "handlers/review/queue_count.h"
#include "handlers/statistic/query.h"
#include "handlers/statistic/statistic.h"

struct desk_figures_answer {
	int64_t decided, passed, rejected;
	const int64_t *pass_rate, *median_days, *ninetieth_days;
};
static const struct answer_row desk_rows[] = {
	ANSWER(struct desk_figures_answer, decided),
	ANSWER(struct desk_figures_answer, passed),
	ANSWER(struct desk_figures_answer, rejected),
	ANSWER(struct desk_figures_answer, pass_rate, .null = true,
	    .about = "of a thousand; null when nothing was decided, as the next two"),
	ANSWER(struct desk_figures_answer, median_days, .null = true, .about = "working days"),
	ANSWER(struct desk_figures_answer, ninetieth_days, .null = true,
	    .about = "working days within which nine of ten were decided"),
};
static const struct answer desk_answer =
    ANSWER_TABLE("desk_figures", struct desk_figures_answer, desk_rows);

struct desks_figures_answer {
	struct desk_figures_answer *local, *province, *nation;
};
static const struct answer_row desks_rows[] = {
	ANSWER_ONE(struct desks_figures_answer, local, &desk_answer),
	ANSWER_ONE(struct desks_figures_answer, province, &desk_answer),
	ANSWER_ONE(struct desks_figures_answer, nation, &desk_answer),
};
static const struct answer desks_answer =
    ANSWER_TABLE("desks_figures", struct desks_figures_answer, desks_rows);

/* Of the whole time, of a month, or of a region below. */
struct figures_answer {
	int64_t submitted, discarded;
	const struct desks_figures_answer *desks;
	const char *month;
	const char *code, *name;
	bool parts;
};
/* clang-format off */
#define FIGURES_ROWS                                                                               \
	ANSWER(struct figures_answer, submitted),                                                  \
	ANSWER(struct figures_answer, discarded),                                                  \
	ANSWER_ONE(struct figures_answer, desks, &desks_answer)
/* clang-format on */
static const struct answer_row figures_rows[] = { FIGURES_ROWS };
static const struct answer figures_answer =
    ANSWER_TABLE("figures", struct figures_answer, figures_rows);
static const struct answer_row month_rows[] = {
	FIGURES_ROWS,
	ANSWER(struct figures_answer, month, .about = "yyyy-mm"),
};
static const struct answer month_answer =
    ANSWER_TABLE("month_figures", struct figures_answer, month_rows);
static const struct answer_row region_rows[] = {
	FIGURES_ROWS,
	ANSWER(struct figures_answer, code,
	    .about = "empty for what the province's bureau is 地方 for"),
	ANSWER(struct figures_answer, name),
	ANSWER(struct figures_answer, parts, .about = "something lies below it"),
};
static const struct answer region_answer =
    ANSWER_TABLE("region_figures", struct figures_answer, region_rows);

struct statistics_bureau_answer {
	const char *code, *name, *level;
};
static const struct answer_row bureau_rows[] = {
	ANSWER(struct statistics_bureau_answer, code, .about = "of its region"),
	ANSWER(struct statistics_bureau_answer, name),
	ANSWER(struct statistics_bureau_answer, level, .words = desk_words),
};
static const struct answer bureau_answer =
    ANSWER_TABLE("statistics_bureau", struct statistics_bureau_answer, bureau_rows);

struct statistics_answer {
	ANSWER_ITEMS(struct statistics_bureau_answer) path;
	const char *from, *to;
	int64_t counted_at;
	const struct figures_answer *total;
	ANSWER_ITEMS(struct figures_answer) months;
	ANSWER_ITEMS(struct figures_answer) regions;
};
static const struct answer_row rows[] = {
	ANSWER_MANY(struct statistics_answer, path, &bureau_answer,
	    .about = "from the officer's own bureau down to the one shown"),
	ANSWER(struct statistics_answer, from, .about = "yyyy-mm, included"),
	ANSWER(struct statistics_answer, to, .about = "yyyy-mm, included"),
	ANSWER(struct statistics_answer, counted_at, .about = "Unix seconds"),
	ANSWER_ONE(struct statistics_answer, total, &figures_answer),
	ANSWER_MANY(struct statistics_answer, months, &month_answer),
	ANSWER_MANY(struct statistics_answer, regions, &region_answer,
	    .about = "those one level below"),
};
const struct answer statistics_answer = ANSWER_TABLE("statistics", struct statistics_answer, rows);

#define PATH_LONGEST 3

/* NULL for what is not known, which is below 0. */
static const int64_t *
known(struct arena *arena, int64_t n)
{
	if (n < 0)
		return NULL;
	int64_t *kept = ARENA_NEW(arena, int64_t);
	*kept = n;
	return kept;
}

static struct desk_figures_answer *
desk_shown(struct arena *arena, const struct desk_figures *d)
{
	struct desk_figures_answer *shown = ARENA_NEW(arena, struct desk_figures_answer);

	*shown = (struct desk_figures_answer){
		.decided = decisions_of(d),
		.passed = d->passed,
		.rejected = d->rejected,
		.pass_rate = known(arena, pass_rate(d)),
		.median_days = known(arena, days_within(d, 50)),
		.ninetieth_days = known(arena, days_within(d, 90)),
	};
	return shown;
}

static struct figures_answer
figures_shown(struct arena *arena, const struct figures *f)
{
	struct desks_figures_answer *desks = ARENA_NEW(arena, struct desks_figures_answer);

	desks->local = desk_shown(arena, &f->desks[DESK_LOCAL]);
	desks->province = desk_shown(arena, &f->desks[DESK_PROVINCE]);
	desks->nation = desk_shown(arena, &f->desks[DESK_NATION]);
	return (struct figures_answer){
		.submitted = f->submitted,
		.discarded = f->discarded,
		.desks = desks,
	};
}

static void
fill_months(struct arena *arena, const struct statistic_range *range, const struct figures *months,
    struct statistics_answer *ret)
{
	size_t count = (size_t)months_between(range->from, range->to);
	struct figures_answer *all = ARENA_ARRAY(arena, struct figures_answer, count);
	int64_t month = range->from;

	for (size_t i = 0; i < count; i++, month = month_next(month)) {
		all[i] = figures_shown(arena, &months[i]);
		all[i].month = month_text(arena, month);
	}
	ret->months.items = all;
	ret->months.count = count;
}

static void
fill_regions(struct arena *arena, const struct statistic_part *parts, size_t count,
    struct statistics_answer *ret)
{
	struct figures_answer *all = ARENA_ARRAY(arena, struct figures_answer, count);

	for (size_t i = 0; i < count; i++) {
		all[i] = figures_shown(arena, &parts[i].figures);
		all[i].code = parts[i].code;
		all[i].name = parts[i].name;
		all[i].parts = parts[i].parts;
	}
	ret->regions.items = all;
	ret->regions.count = count;
}

static struct statistics_bureau_answer
bureau_shown(const struct bureau *b)
{
	return (struct statistics_bureau_answer){
		.code = b->region_code,
		.name = b->name,
		.level = desk_info(desk_of_level(b->level))->wire,
	};
}

static enum err
fill_path(struct req *q, const struct statistic_query *query, struct statistics_answer *ret)
{
	const struct bureau *shown = &query->bureau, *mine = &query->mine;
	struct statistics_bureau_answer *path =
	    ARENA_ARRAY(q->arena, struct statistics_bureau_answer, PATH_LONGEST);
	struct bureau province;
	size_t count = 0;

	if (shown->id != mine->id)
		path[count++] = bureau_shown(mine);
	if (shown->level == 3 && mine->level == 1) {
		TRY(bureau_above(q->db, q->arena, shown, &province));
		path[count++] = bureau_shown(&province);
	}
	path[count++] = bureau_shown(shown);
	ret->path.items = path;
	ret->path.count = count;
	return ERR_OK;
}

static void
add_up(struct figures *total, const struct figures *months, int64_t count)
{
	for (int64_t m = 0; m < count; m++) {
		total->submitted += months[m].submitted;
		total->discarded += months[m].discarded;
		for (int desk = DESK_LOCAL; desk <= DESK_NATION; desk++) {
			struct desk_figures *to = &total->desks[desk];
			const struct desk_figures *from = &months[m].desks[desk];

			to->passed += from->passed;
			to->rejected += from->rejected;
			for (int d = 0; d <= STATISTIC_DAYS_MAX; d++)
				to->within[d] += from->within[d];
		}
	}
}

enum err
statistics_show(struct req *q)
{
	struct statistic_query query;
	struct figures *months, *total = arena_alloc(q->arena, sizeof(*total));
	struct statistic_part *parts;
	struct statistics_answer answer = { .from = NULL };
	size_t count;

	TRY(statistic_query_read(q, &query));
	TRY(statistic_counted_at(q->db, q->arena, &answer.counted_at));
	TRY(statistic_months_of(q, &query, &months));
	add_up(total, months, months_between(query.range.from, query.range.to));
	TRY(statistic_parts(q, &query, total, &parts, &count));
	TRY(fill_path(q, &query, &answer));
	const struct figures_answer sum = figures_shown(q->arena, total);
	answer.from = month_text(q->arena, query.range.from);
	answer.to = month_text(q->arena, query.range.to);
	answer.total = &sum;
	fill_months(q->arena, &query.range, months, &answer);
	fill_regions(q->arena, parts, count, &answer);
	return reply(q, 200, &statistics_answer, &answer);
}
