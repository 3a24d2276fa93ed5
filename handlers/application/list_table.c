#include "handlers/application/list_table.h"

#include <stdio.h>

#include "fcgi/base/array.h"
#include "fcgi/base/time.h"
#include "handlers/rules/table/dictionary.h"

#define PAGE 500 /* rows read at a time */
#define PAGE_ARENA ((size_t)8 << 20)

static const struct table_column columns[] = {
	{ "序号", 8 },
	{ "申请单号", 36 },
	{ "申请接入应用名称", 32 },
	{ "线上业务类型", 24 },
	{ "申请单状态", 16 },
	{ "省市", 24 },
	{ "第三方渠道", 24 },
};

static enum err
add_row(struct table *table, const struct application_item *item, int64_t n)
{
	char place[24];
	const struct status_info *status = status_info(state_status((enum state)item->state));
	const char *cells[COUNT(columns)] = {
		place,
		item->number,
		item->shown_app_name,
		item->business_type ? choice_text(business_type_choices, item->business_type)
				    : NULL,
		status->text,
		item->province_city,
		item->third_channel,
	};

	snprintf(place, sizeof(place), "%lld", (long long)n);
	return table_row(table, cells);
}

static enum err
add_rows(struct sql *db, struct arena *arena, const struct application_filter *filter,
    struct table *table)
{
	const struct application_item *items;
	int64_t before = 0, n = 0;
	size_t count;

	do {
		TRY(application_list(db, arena, filter, before, PAGE, &items, &count));
		for (size_t i = 0; i < count && n < LIST_TABLE_MAX; i++)
			TRY(add_row(table, &items[i], ++n));
		before = count > 0 ? items[count - 1].cursor : 0;
		arena_reset(arena);
	} while (count == PAGE && n < LIST_TABLE_MAX);
	return ERR_OK;
}

enum err
list_table(struct sql *db, enum table_format format, const struct application_filter *filter,
    struct table **ret, int *ret_fd, size_t *ret_size)
{
	struct table *table;

	TRY(table_new(format, "申请单列表", columns, COUNT(columns), &table));
	struct arena *arena = arena_new(PAGE_ARENA);
	enum err e = add_rows(db, arena, filter, table);
	arena_free(arena);
	if (e == ERR_OK)
		e = table_finish(table, ret_fd, ret_size);
	if (e != ERR_OK) {
		table_free(table);
		return e;
	}
	*ret = table;
	return ERR_OK;
}

const char *
list_table_name(struct arena *arena, enum table_format format, int64_t at)
{
	struct tm tm = time_shanghai(at);
	char day[16];

	strftime(day, sizeof(day), "%Y%m%d", &tm);
	return arena_printf(arena, "申请单列表-%s.%s", day, format == TABLE_CSV ? "csv" : "xlsx");
}
