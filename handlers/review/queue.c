#include "handlers/common/who.h"
#include "handlers/review/calendar.h"
#include "handlers/review/claim.h"
#include "handlers/review/queue_count.h"
#include "handlers/review/queue_read.h"
#include "handlers/review/review.h"
#include "handlers/rules/procedure/deadline.h"
#include "handlers/rules/procedure/region.h"
#include "handlers/rules/table/dictionary.h"
#include "handlers/rules/table/kinds.h"
#include "sql/catalogue/bureau.h"

#define FOUND_MAX 50

struct desk_time_answer {
	int64_t days, target;
	const char *age;
};
static const struct answer_row time_rows[] = {
	ANSWER(struct desk_time_answer, days, .about = "working days at the desk"),
	ANSWER(struct desk_time_answer, target, .about = "working days the desk may take"),
	ANSWER(struct desk_time_answer, age, .words = AGE_WORDS),
};
static const struct answer time_answer =
    ANSWER_TABLE("desk_time", struct desk_time_answer, time_rows);

struct queue_decision_answer {
	const char *event, *by;
	int64_t at;
};
static const struct answer_row decision_rows[] = {
	ANSWER(struct queue_decision_answer, event, .words = DECISION_WORDS),
	ANSWER(struct queue_decision_answer, at, .about = "Unix seconds"),
	ANSWER(struct queue_decision_answer, by, .null = true, .about = "name of the officer"),
};
static const struct answer decision_answer =
    ANSWER_TABLE("queue_decision", struct queue_decision_answer, decision_rows);

struct queue_row_answer {
	struct queue_item item;
	const char *kind, *status, *status_text, *phase, *desk, *desk_text;
	int64_t since;
	const struct desk_time_answer *waiting;
	const struct claim_answer *claim;
	const struct queue_decision_answer *decision;
	bool unread;
};
static const struct answer_row row_rows[] = {
	ANSWER_AS(struct queue_row_answer, item.number, "number"),
	ANSWER_AS(struct queue_row_answer, item.unit_name, "unit_name"),
	ANSWER_AS(struct queue_row_answer, item.institution_name, "institution_name"),
	ANSWER_AS(struct queue_row_answer, item.shown_app_name, "app_name", .null = true),
	ANSWER_AS(struct queue_row_answer, item.business_type, "business_type",
	    .words = BUSINESS_TYPE_WORDS),
	ANSWER(struct queue_row_answer, kind, .words = INSTITUTION_KIND_WORDS),
	ANSWER(struct queue_row_answer, status, .words = status_words),
	ANSWER(struct queue_row_answer, status_text),
	ANSWER(struct queue_row_answer, phase, .words = phase_words),
	ANSWER(struct queue_row_answer, desk, .null = true, .words = desk_words,
	    .about = "null where it lies at none, as the next two"),
	ANSWER(struct queue_row_answer, desk_text, .null = true),
	ANSWER_AS(struct queue_row_answer, item.desk_name, "desk_name", .null = true,
	    .about = "of the bureau it lies at"),
	ANSWER_AS(struct queue_row_answer, item.province_city, "region_name"),
	ANSWER(struct queue_row_answer, since,
	    .about = "Unix seconds; at its desk, or where it lies at none"),
	ANSWER_ONE(struct queue_row_answer, waiting, &time_answer, .null = true,
	    .about = "null where it lies at none"),
	ANSWER_ONE(struct queue_row_answer, claim, &claim_answer, .null = true),
	ANSWER_ONE(struct queue_row_answer, decision, &decision_answer, .null = true,
	    .about = "in the list done: the bureau's last one"),
	ANSWER(struct queue_row_answer, unread, .about = "in the list pending: by this officer"),
	ANSWER_AS(struct queue_row_answer, item.version, "version"),
};
static const struct answer row_answer =
    ANSWER_TABLE("queue_row", struct queue_row_answer, row_rows);

struct queue_answer {
	ANSWER_ITEMS(struct queue_row_answer) items;
	const char *next;
	bool more;
	const struct queue_counts *counts;
};
static const struct answer_row rows[] = {
	ANSWER_MANY(struct queue_answer, items, &row_answer),
	ANSWER(struct queue_answer, next, .null = true, .about = "cursor; null on the last page"),
	ANSWER(struct queue_answer, more,
	    .about = "others follow; with no next they cannot be turned to, so narrow it"),
	ANSWER_ONE(struct queue_answer, counts, &desk_counts_answer),
};
const struct answer queue_answer = ANSWER_TABLE("queue", struct queue_answer, rows);

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

/* How long it lies at its desk; NULL for what lies at none. */
static const struct desk_time_answer *
waiting(const struct req *q, const struct calendar *c, const struct queue_item *item,
    enum desk desk)
{
	if (desk == DESK_NONE || !item->desk_since)
		return NULL;
	struct desk_time_answer *time = ARENA_NEW(q->arena, struct desk_time_answer);
	*time = (struct desk_time_answer){
		.days = calendar_waited(c, item->desk_since, q->now),
		.target = calendar_target(c, desk),
		.age = age_wire(deadline_age(c, desk, item->desk_since, q->now)),
	};
	return time;
}

/* The bureau's own last decision; NULL in the other lists. */
static const struct queue_decision_answer *
decision(struct arena *arena, const struct queue_item *item)
{
	if (!item->decided)
		return NULL;
	struct queue_decision_answer *decided = ARENA_NEW(arena, struct queue_decision_answer);
	*decided = (struct queue_decision_answer){
		.event = event_name((enum event)item->decided),
		.at = item->decided_at,
		.by = item->decided_by,
	};
	return decided;
}

/* Who has it; the list does not say since when. */
static const struct claim_answer *
claimed(const struct req *q, const struct queue_item *item)
{
	if (!item->claimed_by)
		return NULL;
	struct claim_answer *claim = ARENA_NEW(q->arena, struct claim_answer);
	*claim = (struct claim_answer){
		.by = item->claimed_name,
		.mine = item->claimed_by == who_user(q),
	};
	return claim;
}

static struct queue_row_answer
row_of(const struct req *q, const struct calendar *c, const struct queue_item *item,
    enum queue_view view)
{
	enum state state = (enum state)item->state;
	enum desk desk = state_desk(state);
	const struct status_info *status = status_info(state_status(state));
	const struct desk_info *info = desk_info(desk);

	return (struct queue_row_answer){
		.item = *item,
		.kind = institution_kind(item->institution_code),
		.status = status->wire,
		.status_text = status->text,
		.phase = phase_name(state_phase(state)),
		.desk = info ? info->wire : NULL,
		.desk_text = info ? info->pending : NULL,
		.since = item->desk_since ? item->desk_since : item->updated_at,
		.waiting = waiting(q, c, item, desk),
		.claim = claimed(q, item),
		.decision = decision(q->arena, item),
		.unread = view == QUEUE_PENDING && item->seen_at < item->desk_since,
	};
}

enum err
review_queue(struct req *q)
{
	struct queue_query query;
	struct list list = { 0 };
	struct calendar calendar;
	struct queue_counts counts;

	TRY(queue_read(q, &query));
	TRY(calendar_now(q, &calendar));
	const struct late_desks late = late_desks(&calendar, q->now);
	TRY(load(q, &query, &late, &list));
	TRY(desk_counts(q, &late, &counts));

	struct queue_row_answer *items = ARENA_ARRAY(q->arena, struct queue_row_answer, list.count);
	for (size_t i = 0; i < list.count; i++)
		items[i] = row_of(q, &calendar, &list.items[i], query.view);
	const struct queue_answer answer = {
		.items = { items, list.count },
		.next = queue_cursor(q->arena, list.next),
		.more = list.more,
		.counts = &counts,
	};
	return reply(q, 200, &queue_answer, &answer);
}
