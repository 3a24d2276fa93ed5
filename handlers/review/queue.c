#include "handlers/review/claim.h"
#include "handlers/review/queue_read.h"
#include "handlers/review/review.h"
#include "handlers/rules/deadline.h"
#include "handlers/rules/kinds.h"
#include "handlers/rules/region.h"
#include "handlers/who.h"
#include "sql/bureau.h"

#define PAGE 20
#define FOUND_MAX 50

struct list {
	const struct queue_item *items;
	size_t count;
};

/* Levels of the bureau table; its officers sit at the desk of that level, as an index. */
static enum desk
desk_of(unsigned level)
{
	return level == 1 ? DESK_NATION : level == 2 ? DESK_PROVINCE : DESK_LOCAL;
}

/*
 * Everything of a region: by the list of the bureau that holds it, which is a
 * part of this one's; a county has no bureau, so by its code.
 */
static enum err
load_region(struct req *q, const struct queue_query *query, const struct bureau *mine,
    struct list *ret)
{
	struct bureau holder;

	if (!region_holds(mine->prefix, query->region))
		return ERR_OK; /* nothing of it is this bureau's to see */
	enum err e = bureau_by_region(q->db, q->arena, query->region, &holder);
	if (e == ERR_NOT_FOUND)
		return queue_of_region(q->db, q->arena, mine->id, query->region, &query->filter,
		    query->after, PAGE + 1, &ret->items, &ret->count);
	TRY(e);
	return queue_all(q->db, q->arena, holder.id, desk_of(holder.level), &query->filter,
	    query->after, PAGE + 1, &ret->items, &ret->count);
}

static enum err
load_all(struct req *q, const struct queue_query *query, struct list *ret)
{
	struct bureau mine;

	TRY(bureau_get(q->db, q->arena, who_bureau(q), &mine));
	if (query->searches)
		return queue_find(q->db, q->arena, mine.id, desk_of(mine.level), &query->filter,
		    FOUND_MAX + 1, &ret->items, &ret->count);
	/* all of a region this bureau lies in itself is all it has */
	if (query->region && !region_holds(query->filter.region, mine.region_code))
		return load_region(q, query, &mine, ret);
	return queue_all(q->db, q->arena, mine.id, desk_of(mine.level), &query->filter,
	    query->after, PAGE + 1, &ret->items, &ret->count);
}

static enum err
load(struct req *q, const struct queue_query *query, struct list *ret)
{
	switch (query->view) {
	case QUEUE_PENDING:
		return queue_pending(q->db, q->arena, who_bureau(q), &query->filter, query->after,
		    PAGE + 1, &ret->items, &ret->count);
	case QUEUE_DONE:
		return queue_done(q->db, q->arena, who_bureau(q), &query->filter, query->after,
		    PAGE + 1, &ret->items, &ret->count);
	case QUEUE_ALL:
		break;
	}
	return load_all(q, query, ret);
}

/* How long it lies at its desk; null for what lies at none. */
static json_t *
waiting_json(const struct req *q, const struct queue_item *item, enum desk desk)
{
	if (desk == DESK_NONE || !item->desk_since)
		return json_null();
	return json_pack("{sI sI ss}", "days",
	    (json_int_t)deadline_waited(item->desk_since, q->now), "target",
	    (json_int_t)deadline_days(desk), "age",
	    age_wire(deadline_age(desk, item->desk_since, q->now)));
}

static json_t *
item_json(const struct req *q, const struct queue_item *item, enum queue_view view)
{
	enum state state = (enum state)item->state;
	enum desk desk = state_desk(state);
	const struct status_info *status = status_info(state_status(state));
	const struct desk_info *info = desk_info(desk);
	int64_t since = item->desk_since ? item->desk_since : item->updated_at;

	return json_pack("{ss ss ss ss? ss? ss ss ss ss ss? ss? ss sI so so sb sI}", "number",
	    item->number, "unit_name", item->unit_name, "institution_name", item->institution_name,
	    "app_name", item->shown_app_name, "business_type", item->business_type, "kind",
	    institution_kind(item->institution_code), "status", status->wire, "status_text",
	    status->text, "phase", state_phase(state) == PHASE_APPLY ? "apply" : "accept", "desk",
	    info ? info->wire : NULL, "desk_text", info ? info->pending : NULL, "region_name",
	    item->province_city, "since", (json_int_t)since, "waiting", waiting_json(q, item, desk),
	    "claim", claim_row_json(who_user(q), item->claimed_by, item->claimed_name, 0), "unread",
	    view == QUEUE_PENDING && item->seen_at < item->desk_since, "version",
	    (json_int_t)item->version);
}

static enum err
counts_json(struct req *q, json_t **ret)
{
	const int64_t late[3] = { deadline_start(DESK_LOCAL, q->now),
		deadline_start(DESK_PROVINCE, q->now), deadline_start(DESK_NATION, q->now) };
	struct queue_counts counts;

	TRY(queue_count(q->db, q->arena, who_bureau(q), who_user(q), late, &counts));
	*ret = json_pack("{sI sI sI}", "pending", (json_int_t)counts.pending, "late",
	    (json_int_t)counts.late, "claimed", (json_int_t)counts.claimed);
	return ERR_OK;
}

enum err
review_queue(struct req *q)
{
	struct queue_query query;
	struct list list = { 0 };
	json_t *counts;

	TRY(queue_read(q, &query));
	TRY(load(q, &query, &list));
	TRY(counts_json(q, &counts));

	bool found = query.view == QUEUE_ALL && query.searches;
	size_t most = found ? FOUND_MAX : PAGE, shown = list.count > most ? most : list.count;
	bool more = list.count > shown;
	json_t *items = json_array();
	for (size_t i = 0; i < shown; i++)
		json_array_append_new(items, item_json(q, &list.items[i], query.view));
	return reply_json(q, 200,
	    json_pack("{so so sb so}", "items", items, "next",
		more && !found ? queue_cursor(&list.items[shown - 1]) : json_null(), "more", more,
		"counts", counts));
}
