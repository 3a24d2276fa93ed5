#include "handlers/application/application.h"
#include "handlers/application/filter.h"

#define PAGE_DEFAULT 20

static int64_t
page_size(const struct req *q)
{
	int64_t limit = query_int(q, "limit", 1, 50, PAGE_DEFAULT);

	return limit == 10 || limit == 50 ? limit : PAGE_DEFAULT; /* */
}

/* What the row offers first (UI-21). */
static const char *
next_of(const struct application_item *item)
{
	switch ((enum state)item->state) {
	case STATE_DRAFT:
		return "continue";
	case STATE_APPLY_REJECTED:
		return "resubmit";
	case STATE_APPLIED:
		return item->acceptance_saved_at ? "accept_continue" : "accept";
	case STATE_ACCEPT_REJECTED:
		return "accept_resubmit";
	case STATE_APPLY_LOCAL:
	case STATE_APPLY_PROVINCE:
	case STATE_APPLY_NATION:
	case STATE_ACCEPT_LOCAL:
	case STATE_ACCEPT_PROVINCE:
	case STATE_ACCEPT_NATION:
	case STATE_ACCEPTED:
	case STATE_DISCARDED:
		break;
	}
	return "detail";
}

static json_t *
item_json(const struct application_item *item)
{
	const struct status_info *status = status_info(state_status((enum state)item->state));

	return json_pack("{ss ss? ss? ss ss ss ss ss? sI sI ss}", "number", item->number,
	    "app_name", item->shown_app_name, "business_type", item->business_type, "state",
	    state_name((enum state)item->state), "status", status->wire, "status_text",
	    status->text, "province_city", item->province_city, "third_channel",
	    item->third_channel, "updated_at", (json_int_t)item->updated_at, "version",
	    (json_int_t)item->version, "next", next_of(item));
}

enum err
application_index(struct req *q)
{
	int64_t before = query_int(q, "cursor", 1, INT64_MAX, 0), limit = page_size(q), total;
	const struct application_item *items;
	struct application_filter filter;
	size_t count;

	TRY(application_filter_read(q, &filter));
	/* one more than shown tells whether there is a next page */
	TRY(application_list(q->db, q->arena, &filter, before, limit + 1, &items, &count));
	TRY(application_count(q->db, q->arena, &filter, &total));

	size_t shown = count > (size_t)limit ? (size_t)limit : count;
	json_t *list = json_array();
	for (size_t i = 0; i < shown; i++)
		json_array_append_new(list, item_json(&items[i]));
	json_t *next =
	    count > shown ? json_sprintf("%lld", (long long)items[shown - 1].cursor) : json_null();
	return reply_json(q, 200,
	    json_pack("{so so sI}", "items", list, "next", next, "total", (json_int_t)total));
}
