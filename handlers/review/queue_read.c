#include "handlers/review/queue_read.h"

#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/http/query.h"
#include "handlers/common/list.h"
#include "handlers/common/reach.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/account_form.h"
#include "handlers/rules/procedure/region.h"
#include "handlers/rules/table/dictionary.h"

struct asked {
	const char *view, *kind, *business_type, *region, *phase, *result, *by, *search, *cursor;
	int64_t mine, limit;
};
/* clang-format off */
static const struct choice views[] = {
	[QUEUE_PENDING] = { "pending", "待审核", NULL },
	[QUEUE_DONE] = { "done", "已审核", NULL },
	[QUEUE_ALL] = { "all", "全部", NULL },
	[QUEUE_OVERDUE] = { "overdue", "超时", NULL },
	{ NULL, NULL, NULL },
};
static const struct choice columns[] = {
	{ "number", "申请单号", NULL },
	{ "institution", "定点机构", NULL },
	{ "unit", "单位", NULL },
	{ NULL, NULL, NULL },
};
#define F(member, ...) FIELD(struct asked, member, __VA_ARGS__)
static const struct field fields[] = {
	F(view, .label = "pending without", .max = 10, .choices = views, .hint = "没有这个列表"),
	F(kind, .label = "of institutions", .max = 10, .choices = institution_kind_choices,
	  .hint = "没有这种机构"),
	F(business_type, .label = "线上业务类型", .max = 50, .choices = business_type_choices,
	  .hint = "没有这种业务类型"),
	F(region, .label = "code of a 医保区划", .max = 20, .hint = "请选择医保区划"),
	F(phase, .label = "of the procedure", .max = 10, .choices = phase_choices, .hint = "没有这个阶段"),
	F(result, .label = "of the bureau's own decisions", .max = 10, .choices = decision_choices,
	  .hint = "没有这种审核结论"),
	F(mine, .label = "1: what the officer himself decided", .max = 1),
	F(by, .label = "what `search` is part of; number without", .max = 20, .choices = columns,
	  .hint = "不能按此项搜索"),
	F(search, .label = "how it begins", .max = SEARCH_MAX, .hint = "搜索内容过长"),
	F(cursor, .label = "next of the page before", .max = 40),
	F(limit, .label = "rows of a page", .min = 1, .max = QUEUE_PAGE_MAX),
};
#undef F
/* clang-format on */
const struct form queue_query = FORM("queue_query", fields);

static enum err
read_region(struct req *q, const char *given, struct queue_query *query)
{
	char code[REGION_SIZE];

	TRY(reach_ask(q, "region", given, &query->filter.region));
	if (!query->filter.region)
		return ERR_OK;
	region_of_prefix(query->filter.region, code);
	query->region = arena_strndup(q->arena, code, REGION_SIZE - 1);
	return ERR_OK;
}

static void
fill(const struct asked *in, struct queue_query *query)
{
	struct queue_filter *f = &query->filter;

	while (strcmp(views[query->view].code, in->view) != 0)
		query->view++;
	if (in->kind)
		f->kind = *in->kind == 'h' ? "H" : "P"; /* as codes of institutions begin */
	f->business_type = in->business_type;
	if (in->phase) {
		bool apply = strcmp(in->phase, "apply") == 0;

		f->first = apply ? STATE_APPLY_LOCAL : STATE_ACCEPT_LOCAL;
		f->last = apply ? STATE_APPLIED : STATE_ACCEPTED;
	}
	if (in->result)
		f->result = strcmp(in->result, DECISION_PASS) == 0 ? EVENT_PASS : EVENT_REJECT;
	f->mine = in->mine;
	query->searches = in->search;
	if (*in->by == 'n')
		f->number = in->search;
	else if (*in->by == 'i')
		f->institution = in->search;
	else
		f->unit = in->search;
}

/* "order-id"; anything else is the first page. */
static struct queue_place
read_place(const char *cursor)
{
	struct queue_place place = { 0 };

	(void)page_place_read(cursor, &place.order, &place.id);
	return place;
}

const char *
queue_cursor(struct arena *arena, struct queue_place next)
{
	if (!next.id)
		return NULL;
	return page_place(arena, next.order, next.id);
}

enum err
queue_read(struct req *q, struct queue_query *ret)
{
	struct asked in = { .view = "pending", .by = "number", .limit = QUEUE_PAGE };
	struct queue_query query = { .filter.staff_id = who_user(q) };

	TRY(query_bind(q, &queue_query, &in));
	TRY(read_region(q, in.region, &query));
	query.after = read_place(in.cursor);
	query.limit = in.limit;
	fill(&in, &query);
	*ret = query;
	return ERR_OK;
}
