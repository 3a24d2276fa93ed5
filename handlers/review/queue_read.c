#include "handlers/review/queue_read.h"

#include <stdio.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "handlers/common/reach.h"
#include "handlers/common/who.h"
#include "handlers/rules/procedure/region.h"
#include "handlers/rules/table/dictionary.h"

#define SEARCH_MAX 200 /* bytes: more than any name has */

/* A parameter; NULL when absent or empty. */
static const char *
given(const struct req *q, const char *name)
{
	const char *text = query_get(q, name);

	return text && *text ? text : NULL;
}

static enum err
read_view(struct req *q, enum queue_view *ret)
{
	static const char *const names[] = { "pending", "done", "all", "overdue" };
	const char *name = given(q, "view");

	*ret = QUEUE_PENDING;
	if (!name)
		return ERR_OK;
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i], name) == 0) {
			*ret = (enum queue_view)i;
			return ERR_OK;
		}
	return refuse_field(q, "view", "没有这个列表");
}

static enum err
read_kind(struct req *q, struct queue_filter *f)
{
	const char *kind = given(q, "kind");

	if (!kind)
		return ERR_OK;
	if (strcmp(kind, "hospital") != 0 && strcmp(kind, "pharmacy") != 0)
		return refuse_field(q, "kind", "没有这种机构");
	f->kind = *kind == 'h' ? "H" : "P"; /* as codes of institutions begin */
	return ERR_OK;
}

static enum err
read_business(struct req *q, struct queue_filter *f)
{
	const char *type = given(q, "business_type");

	if (type && !choice_text(business_type_choices, type))
		return refuse_field(q, "business_type", "没有这种业务类型");
	f->business_type = type;
	return ERR_OK;
}

static enum err
read_phase(struct req *q, struct queue_filter *f)
{
	const char *phase = given(q, "phase");

	if (!phase)
		return ERR_OK;
	if (strcmp(phase, "apply") == 0) {
		f->first = STATE_APPLY_LOCAL;
		f->last = STATE_APPLIED;
	} else if (strcmp(phase, "accept") == 0) {
		f->first = STATE_ACCEPT_LOCAL;
		f->last = STATE_ACCEPTED;
	} else {
		return refuse_field(q, "phase", "没有这个阶段");
	}
	return ERR_OK;
}

static enum err
read_region(struct req *q, struct queue_query *query)
{
	char code[REGION_SIZE];

	TRY(reach_ask(q, "region", given(q, "region"), &query->filter.region));
	if (!query->filter.region)
		return ERR_OK;
	region_of_prefix(query->filter.region, code);
	query->region = arena_strndup(q->arena, code, REGION_SIZE - 1);
	return ERR_OK;
}

static enum err
read_search(struct req *q, struct queue_query *query)
{
	const char *text = given(q, "search"), *by = given(q, "by");

	if (!text)
		return ERR_OK;
	if (strlen(text) > SEARCH_MAX)
		return refuse_field(q, "search", "搜索内容过长");
	if (!by || strcmp(by, "number") == 0)
		query->filter.number = text;
	else if (strcmp(by, "institution") == 0)
		query->filter.institution = text;
	else if (strcmp(by, "unit") == 0)
		query->filter.unit = text;
	else
		return refuse_field(q, "by", "不能按此项搜索");
	query->searches = true;
	return ERR_OK;
}

/* Of the bureau's own decisions. */
static enum err
read_result(struct req *q, struct queue_filter *f)
{
	const char *result = given(q, "result"), *mine = given(q, "mine");

	if (result && !choice_text(decision_choices, result))
		return refuse_field(q, "result", "没有这种审核结论");
	if (result)
		f->result = strcmp(result, DECISION_PASS) == 0 ? EVENT_PASS : EVENT_REJECT;
	f->mine = mine && strcmp(mine, "1") == 0;
	return ERR_OK;
}

/* "order-id"; anything else is the first page. */
static struct queue_place
read_place(const struct req *q)
{
	const char *text = given(q, "cursor");
	long long order, id;
	char end;

	if (!text || sscanf(text, "%lld-%lld%c", &order, &id, &end) != 2 || order < 0 || id < 0)
		return (struct queue_place){ 0 };
	return (struct queue_place){ order, id };
}

const char *
queue_cursor(struct arena *arena, struct queue_place next)
{
	if (!next.id)
		return NULL;
	return arena_printf(arena, "%lld-%lld", (long long)next.order, (long long)next.id);
}

enum err
queue_read(struct req *q, struct queue_query *ret)
{
	struct queue_query query = { .filter.staff_id = who_user(q),
		.after = read_place(q),
		.limit = query_int(q, "limit", 1, QUEUE_PAGE_MAX, QUEUE_PAGE) };

	TRY(read_view(q, &query.view));
	TRY(read_kind(q, &query.filter));
	TRY(read_business(q, &query.filter));
	TRY(read_phase(q, &query.filter));
	TRY(read_region(q, &query));
	TRY(read_result(q, &query.filter));
	TRY(read_search(q, &query));
	*ret = query;
	return ERR_OK;
}
