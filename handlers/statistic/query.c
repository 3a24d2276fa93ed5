#include "handlers/statistic/query.h"

#include <string.h>

#include "fcgi/http/query.h"
#include "handlers/common/reach_figures.h"
#include "handlers/rules/check/shape.h"
#include "handlers/rules/procedure/date.h"
#include "handlers/rules/procedure/region.h"
#include "handlers/rules/table/dictionary.h"

#define FIRST_YEAR 2000
#define LAST_YEAR 2100

int64_t
month_next(int64_t month)
{
	return month % 100 == 12 ? month + 89 : month + 1;
}

int64_t
month_back(int64_t month, int64_t n)
{
	int64_t count = month / 100 * 12 + month % 100 - 1 - n;

	return count / 12 * 100 + count % 12 + 1;
}

int64_t
months_between(int64_t from, int64_t to)
{
	return (to / 100 - from / 100) * 12 + to % 100 - from % 100 + 1;
}

const char *
month_text(struct arena *arena, int64_t month)
{
	return arena_printf(arena, "%04lld-%02lld", (long long)(month / 100),
	    (long long)(month % 100));
}

struct asked {
	const char *region, *from, *to, *phase;
};
static const struct field fields[] = {
	FIELD(struct asked, region, .label = "one below the officer's; his own without", .max = 20,
	    .hint = "请选择医保区划"),
	FIELD(struct asked, from, .label = "yyyy-mm; a year before `to` without", .max = 10,
	    .hint = "请选择月份，例如 2026-01"),
	FIELD(struct asked, to, .label = "yyyy-mm; this month without", .max = 10,
	    .hint = "请选择月份，例如 2026-01"),
	FIELD(struct asked, phase, .label = "both without", .max = 10, .choices = phase_choices,
	    .hint = "没有这个阶段"),
};
const struct form statistic_query = FORM("statistic_query", fields);

static enum err
read_month(struct req *q, const char *name, const char *text, int64_t fallback, int64_t *ret)
{
	*ret = fallback;
	if (!text)
		return ERR_OK;
	if (!shaped(text, "####-##"))
		return refuse_field(q, name, "请选择月份，例如 2026-01");
	int64_t year = shape_number(text, 4), month = shape_number(text + 5, 2);
	if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12)
		return refuse_field(q, name, "请选择月份，例如 2026-01");
	*ret = year * 100 + month;
	return ERR_OK;
}

static enum err
read_range(struct req *q, const struct asked *in, struct statistic_range *ret)
{
	TRY(read_month(q, "to", in->to, date_of(q->now) / 100, &ret->to));
	TRY(read_month(q, "from", in->from, month_back(ret->to, STATISTIC_MONTHS - 1), &ret->from));
	if (ret->from > ret->to)
		return refuse_field(q, "from", "开始月份不能晚于结束月份");
	if (months_between(ret->from, ret->to) > STATISTIC_MONTHS_MAX)
		return refuse_field(q, "from", "一次最多统计 60 个月，请缩短时间范围");
	ret->phase = 0;
	if (in->phase)
		ret->phase = strcmp(in->phase, "apply") == 0 ? PHASE_APPLY : PHASE_ACCEPT;
	return ERR_OK;
}

static enum err
read_bureau(struct req *q, const char *code, struct statistic_query *query)
{
	TRY(reach_figures(q, &query->mine));
	query->bureau = query->mine;
	if (!code)
		return ERR_OK;
	if (!region_code_shaped(code))
		return refuse_field(q, "region", "请选择医保区划");
	if (strcmp(code, query->mine.region_code) == 0)
		return ERR_OK;
	if (!region_has_desk(code))
		return ERR_NOT_FOUND; /* it is counted with its city */
	TRY(bureau_by_region(q->db, q->arena, code, &query->bureau));
	/* by the bureaus' own places: a province holds no nation, whatever the digits */
	return region_holds(query->mine.prefix, query->bureau.prefix) ? ERR_OK : ERR_NOT_FOUND;
}

enum err
statistic_query_read(struct req *q, struct statistic_query *ret)
{
	struct asked in = { 0 };

	TRY(query_bind(q, &statistic_query, &in));
	TRY(read_range(q, &in, &ret->range));
	return read_bureau(q, in.region, ret);
}

static struct figures *
by_month(struct arena *arena, const struct statistic_range *range,
    const struct statistic_cell *cells, size_t count)
{
	struct figures *months =
	    arena_alloc(arena, (size_t)months_between(range->from, range->to) * sizeof(*months));

	for (size_t i = 0; i < count; i++)
		figures_add(&months[months_between(range->from, cells[i].month) - 1], &cells[i], 1);
	return months;
}

enum err
statistic_months(struct sql *db, struct arena *arena, int64_t bureau_id,
    const struct statistic_range *range, struct figures **ret)
{
	const struct statistic_cell *cells;
	size_t count;

	TRY(statistic_of(db, arena, bureau_id, range, &cells, &count));
	*ret = by_month(arena, range, cells, count);
	return ERR_OK;
}

enum err
statistic_months_of(struct req *q, const struct statistic_query *query, struct figures **ret)
{
	const struct statistic_cell *cells;
	size_t count;

	if (query->bureau.id)
		return statistic_months(q->db, q->arena, query->bureau.id, &query->range, ret);
	TRY(statistic_of_region(q->db, q->arena, query->bureau.prefix, &query->range, &cells,
	    &count));
	*ret = by_month(q->arena, &query->range, cells, count);
	return ERR_OK;
}

static struct statistic_part *
part_of(struct statistic_part *parts, size_t count, int64_t bureau_id)
{
	for (size_t i = 0; i < count; i++)
		if (parts[i].bureau_id == bureau_id)
			return &parts[i];
	return NULL;
}

/* Beside those below: what the province's bureau is 地方 for (省本级). */
static void
add_own(struct statistic_part *parts, size_t *count, const struct figures *total,
    const struct statistic_cell *cells, size_t ncells)
{
	struct statistic_part *own = &parts[*count];

	*own = (struct statistic_part){ .code = "", .name = "省本级", .figures = *total };
	for (size_t i = 0; i < ncells; i++)
		figures_add(&own->figures, &cells[i], -1);
	*count += !figures_empty(&own->figures);
}

enum err
statistic_parts(struct req *q, const struct statistic_query *query, const struct figures *total,
    struct statistic_part **ret, size_t *ret_count)
{
	const struct bureau *mine = &query->bureau;
	const struct bureau_below *below;
	const struct statistic_cell *cells;
	size_t count, ncells;

	*ret = NULL;
	*ret_count = 0;
	TRY(bureau_below(q->db, q->arena, mine->level + 1, mine->prefix, &below, &count));
	if (count == 0)
		return ERR_OK;
	struct statistic_part *parts = arena_alloc(q->arena, (count + 1) * sizeof(*parts));
	for (size_t i = 0; i < count; i++)
		parts[i] = (struct statistic_part){ .code = below[i].region_code,
			.name = below[i].region_name,
			.bureau_id = below[i].id,
			.parts = below[i].bureaus > 0 };
	TRY(statistic_below(q->db, q->arena, mine->level + 1, mine->prefix, &query->range, &cells,
	    &ncells));
	for (size_t i = 0; i < ncells; i++)
		figures_add(&part_of(parts, count, cells[i].bureau_id)->figures, &cells[i], 1);
	if (mine->level == 2)
		add_own(parts, &count, total, cells, ncells);
	*ret = parts;
	*ret_count = count;
	return ERR_OK;
}
