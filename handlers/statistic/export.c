#include <unistd.h>

#include "fcgi/base/array.h"
#include "fcgi/http/query.h"
#include "fcgi/table/table.h"
#include "handlers/common/deed.h"
#include "handlers/rules/check/filename.h"
#include "handlers/rules/procedure/date.h"
#include "handlers/statistic/query.h"
#include "handlers/statistic/statistic.h"

#define PART_ARENA ((size_t)8 << 20)

static const struct table_column columns[] = {
	{ "区域", 24 },
	{ "月份", 10 },
	{ "提交", 10 },
	{ "弃用", 10 },
	{ "层级", 14 },
	{ "审核", 10 },
	{ "通过", 10 },
	{ "驳回", 10 },
	{ "通过率（%）", 12 },
	{ "中位用时（工作日）", 18 },
	{ "九成用时（工作日）", 18 },
};

const struct answer statistics_export_answer =
    ANSWER_FILE("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

/* 提交, 弃用, and from 审核 on. */
#define NUMBERS (1u << 2 | 1u << 3 | 0x7e0u)

static const char *
number(struct arena *arena, int64_t n)
{
	return n < 0 ? NULL : arena_printf(arena, "%lld", (long long)n);
}

static enum err
add_month(struct table *table, struct arena *arena, const char *region, int64_t month,
    const struct figures *f)
{
	for (enum desk desk = DESK_LOCAL; desk <= DESK_NATION; desk++) {
		const struct desk_figures *d = &f->desks[desk];
		int64_t rate = pass_rate(d);
		/* what the applicants did stands once, so that a column can be added up */
		bool first = desk == DESK_LOCAL;
		const char *cells[COUNT(columns)] = {
			region,
			month_text(arena, month),
			first ? number(arena, f->submitted) : NULL,
			first ? number(arena, f->discarded) : NULL,
			desk_info(desk)->text,
			number(arena, decisions_of(d)),
			number(arena, d->passed),
			number(arena, d->rejected),
			rate < 0 ? NULL
				 : arena_printf(arena, "%lld.%lld", (long long)(rate / 10),
				       (long long)(rate % 10)),
			number(arena, days_within(d, 50)),
			number(arena, days_within(d, 90)),
		};

		TRY(table_row(table, cells));
	}
	return ERR_OK;
}

static enum err
add_region(struct arena *arena, struct table *table, const char *name,
    const struct statistic_range *range, const struct figures *months)
{
	enum err e = ERR_OK;

	for (int64_t m = range->from; e == ERR_OK && m <= range->to; m = month_next(m))
		e = add_month(table, arena, name, m, months++);
	return e;
}

static enum err
add_below(struct sql *db, struct arena *arena, struct table *table,
    const struct bureau_below *below, const struct statistic_range *range)
{
	struct figures *months;
	enum err e = statistic_months(db, arena, below->id, range, &months);

	if (e == ERR_OK)
		e = add_region(arena, table, below->region_name, range, months);
	arena_reset(arena);
	return e;
}

/* The region itself, then each one below, by month. */
static enum err
add_regions(struct req *q, const struct statistic_query *query, struct table *table)
{
	const struct bureau *b = &query->bureau;
	const struct bureau_below *below;
	struct figures *months;
	size_t count;

	TRY(statistic_months_of(q, query, &months));
	TRY(bureau_below(q->db, q->arena, b->level + 1, b->prefix, &below, &count));
	struct arena *arena = arena_new(PART_ARENA);
	enum err e = add_region(arena, table, b->name, &query->range, months);
	for (size_t i = 0; e == ERR_OK && i < count; i++)
		e = add_below(q->db, arena, table, &below[i], &query->range);
	arena_free(arena);
	return e;
}

static enum err
read_all(struct req *q, int fd, size_t size, const char **ret)
{
	char *bytes = arena_alloc(q->arena, size);
	size_t at = 0;

	while (at < size) {
		ssize_t n = pread(fd, bytes + at, size - at, (off_t)at);

		if (n <= 0)
			return ERR_UNAVAILABLE;
		at += (size_t)n;
	}
	*ret = bytes;
	return ERR_OK;
}

static enum err
make(struct req *q, const struct statistic_query *query, const char **ret_bytes, size_t *ret_size)
{
	struct table *table;
	int fd;

	TRY(table_new(TABLE_XLSX, "统计", columns, COUNT(columns), &table));
	table_numbers(table, NUMBERS);
	enum err e = add_regions(q, query, table);
	if (e == ERR_OK)
		e = table_finish(table, &fd, ret_size);
	if (e == ERR_OK)
		e = read_all(q, fd, *ret_size, ret_bytes);
	table_free(table);
	return e;
}

enum err
statistics_export(struct req *q)
{
	struct statistic_query query;
	const char *bytes;
	size_t size;

	TRY(statistic_query_read(q, &query));
	TRY(make(q, &query, &bytes, &size));
	const char *from = month_text(q->arena, query.range.from);
	const char *to = month_text(q->arena, query.range.to);
	SQL_TX(tx, q->db);
	TRY(deed_note(q, &tx, DEED_STATISTIC_EXPORT,
	    arena_printf(q->arena, "bureau/%s", query.bureau.region_code),
	    arena_printf(q->arena, "from=%s to=%s", from, to)));
	TRY(sql_commit(&tx));
	const char *name =
	    arena_printf(q->arena, "统计-%s-%s至%s.xlsx", query.bureau.name, from, to);
	reply_header(q, "Content-Disposition", filename_disposition(q->arena, name, false));
	return reply_bytes(q, table_media_type(TABLE_XLSX), bytes, size);
}
