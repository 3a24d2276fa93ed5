#include "handlers/common/who.h"
#include "handlers/review/calendar.h"
#include "handlers/review/claim.h"
#include "handlers/review/queue_late.h"
#include "handlers/review/queue_read.h"
#include "handlers/review/review.h"
#include "handlers/rules/procedure/deadline.h"
#include "handlers/rules/procedure/region.h"
#include "handlers/rules/table/kinds.h"
#include "sql/catalogue/bureau.h"

#define FOUND_MAX 50

struct list {
	const struct queue_item *items;
	size_t count;
	struct queue_place next; /* 0, 0: this is the end */
	bool more;               /* what follows cannot be turned to: narrow it */
};

/* One row more was asked for than is shown: it tells that there is a next page. */
static void
end_page(struct list *list, size_t limit)
{
	if (list->count <= limit)
		return;
	list->count = limit;
	list->next =
	    (struct queue_place){ list->items[limit - 1].order, list->items[limit - 1].id };
	list->more = true;
}

/*
 * Of a region that is a part of this bureau's: by the list of the bureau that holds it. A county
 * has none that is a desk; what is no government's own has neither that nor a code, so it is taken out of the list
 * of the province it lies in. ERR_NOT_FOUND: by its code.
 */
static enum err
holder_of(struct req *q, const struct queue_query *query, const struct bureau *mine,
    struct bureau *ret)
{
	enum err e = region_has_desk(query->region)
			 ? bureau_by_region(q->db, q->arena, query->region, ret)
			 : ERR_NOT_FOUND;

	if (e != ERR_NOT_FOUND || region_level(query->region) == REGION_COUNTY)
		return e;
	const struct bureau within = { .prefix = query->filter.region };
	return mine->level == 1 ? bureau_above(q->db, q->arena, &within, ret)
				: bureau_get(q->db, q->arena, mine->id, ret);
}

static enum err
load_region(struct req *q, const struct queue_query *query, const struct bureau *mine,
    struct list *ret)
{
	struct bureau holder;

	if (!region_holds(mine->prefix, query->region))
		return ERR_OK; /* nothing of it is this bureau's to see */
	enum err e = holder_of(q, query, mine, &holder);
	if (e == ERR_NOT_FOUND)
		return queue_of_region(q->db, q->arena, mine->id, query->region, &query->filter,
		    query->after, query->limit + 1, &ret->items, &ret->count);
	TRY(e);
	return queue_all(q->db, q->arena, holder.id, desk_of_level(holder.level), &query->filter,
	    query->after, query->limit + 1, &ret->items, &ret->count);
}

/* All of a region this bureau lies in itself is all it has. */
static bool
of_a_part(const struct queue_query *query, const struct bureau *mine)
{
	return query->region && !region_holds(query->filter.region, mine->region_code);
}

static enum err
load_all(struct req *q, const struct queue_query *query, const struct bureau *mine,
    struct list *ret)
{
	if (of_a_part(query, mine))
		return load_region(q, query, mine, ret);
	return queue_all(q->db, q->arena, mine->id, desk_of_level(mine->level), &query->filter,
	    query->after, query->limit + 1, &ret->items, &ret->count);
}

static enum err
load_overdue(struct req *q, const struct queue_query *query, const struct bureau *mine,
    const struct late_desks *late, struct list *ret)
{
	int64_t desk;

	if (mine->level > 2)
		return ERR_OK; /* nobody is below */
	TRY(late_desk(q, mine, query->filter.region, &desk));
	return queue_overdue(q->db, q->arena, mine->id, desk, late->late, &query->filter,
	    query->after, query->limit + 1, &ret->items, &ret->count);
}

/* By name or number: the first ones, of whatever list. */
static enum err
search(struct req *q, const struct queue_query *query, const struct bureau *mine, struct list *ret)
{
	enum queue_scope scope = query->view == QUEUE_PENDING ? QUEUE_AT_DESK
				 : query->view == QUEUE_DONE  ? QUEUE_DECIDED
							      : QUEUE_ANYWHERE;
	struct bureau where = *mine, holder;

	/* among the names of the bureau that holds the region, which are fewer */
	if (scope == QUEUE_ANYWHERE && of_a_part(query, mine)) {
		if (!region_holds(mine->prefix, query->region))
			return ERR_OK;
		enum err e = holder_of(q, query, mine, &holder);
		if (e != ERR_NOT_FOUND)
			TRY(e);
		if (e == ERR_OK)
			where = holder;
	}
	return queue_find(q->db, q->arena, where.id, desk_of_level(where.level), scope,
	    &query->filter, FOUND_MAX, &ret->items, &ret->count, &ret->more);
}

static enum err
load(struct req *q, const struct queue_query *query, const struct late_desks *late,
    struct list *ret)
{
	struct bureau mine;

	TRY(bureau_get(q->db, q->arena, who_bureau(q), &mine));
	if (query->searches && query->view != QUEUE_OVERDUE)
		return search(q, query, &mine, ret);
	switch (query->view) {
	case QUEUE_PENDING:
		TRY(queue_pending(q->db, q->arena, mine.id, &query->filter, query->after,
		    query->limit + 1, &ret->items, &ret->count));
		break;
	case QUEUE_DONE:
		TRY(queue_done(q->db, q->arena, mine.id, &query->filter, query->after, query->limit,
		    &ret->items, &ret->count, &ret->next));
		ret->more = ret->next.id != 0;
		return ERR_OK;
	case QUEUE_ALL:
		TRY(load_all(q, query, &mine, ret));
		break;
	case QUEUE_OVERDUE:
		TRY(load_overdue(q, query, &mine, late, ret));
		break;
	}
	end_page(ret, (size_t)query->limit);
	return ERR_OK;
}

/* How long it lies at its desk; null for what lies at none. */
static json_t *
waiting_json(const struct req *q, const struct calendar *c, const struct queue_item *item,
    enum desk desk)
{
	if (desk == DESK_NONE || !item->desk_since)
		return json_null();
	return json_pack("{sI sI ss}", "days",
	    (json_int_t)calendar_waited(c, item->desk_since, q->now), "target",
	    (json_int_t)calendar_target(c, desk), "age",
	    age_wire(deadline_age(c, desk, item->desk_since, q->now)));
}

/* The bureau's own last decision; null in the other lists. */
static json_t *
decision_json(const struct queue_item *item)
{
	if (!item->decided)
		return json_null();
	return json_pack("{ss sI ss?}", "event", event_name((enum event)item->decided), "at",
	    (json_int_t)item->decided_at, "by", item->decided_by);
}

static json_t *
item_json(const struct req *q, const struct calendar *c, const struct queue_item *item,
    enum queue_view view)
{
	enum state state = (enum state)item->state;
	enum desk desk = state_desk(state);
	const struct status_info *status = status_info(state_status(state));
	const struct desk_info *info = desk_info(desk);
	int64_t since = item->desk_since ? item->desk_since : item->updated_at;

	return json_pack("{ss ss ss ss? ss? ss ss ss ss ss? ss? ss? ss sI so so so sb sI}",
	    "number", item->number, "unit_name", item->unit_name, "institution_name",
	    item->institution_name, "app_name", item->shown_app_name, "business_type",
	    item->business_type, "kind", institution_kind(item->institution_code), "status",
	    status->wire, "status_text", status->text, "phase",
	    state_phase(state) == PHASE_APPLY ? "apply" : "accept", "desk",
	    info ? info->wire : NULL, "desk_text", info ? info->pending : NULL, "desk_name",
	    item->desk_name, "region_name", item->province_city, "since", (json_int_t)since,
	    "waiting", waiting_json(q, c, item, desk), "claim",
	    claim_row_json(who_user(q), item->claimed_by, item->claimed_name, 0), "decision",
	    decision_json(item), "unread",
	    view == QUEUE_PENDING && item->seen_at < item->desk_since, "version",
	    (json_int_t)item->version);
}

enum err
review_queue(struct req *q)
{
	struct queue_query query;
	struct list list = { 0 };
	struct calendar calendar;
	json_t *counts;

	TRY(queue_read(q, &query));
	TRY(calendar_now(q, &calendar));
	const struct late_desks late = late_desks(&calendar, q->now);
	TRY(load(q, &query, &late, &list));
	TRY(queue_counts_json(q, &late, &counts));

	json_t *items = json_array();
	for (size_t i = 0; i < list.count; i++)
		json_array_append_new(items, item_json(q, &calendar, &list.items[i], query.view));
	return reply_json(q, 200,
	    json_pack("{so so sb so}", "items", items, "next", queue_cursor(list.next), "more",
		list.more, "counts", counts));
}
