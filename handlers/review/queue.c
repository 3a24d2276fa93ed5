#include <string.h>

#include "handlers/review/review.h"
#include "handlers/rules/kinds.h"
#include "handlers/who.h"
#include "sql/application_list.h"
#include "sql/bureau.h"

#define PAGE 20

enum view { VIEW_PENDING, VIEW_DONE, VIEW_ALL };

static enum err
read_view(struct req *q, enum view *ret)
{
	static const char *const names[] = { "pending", "done", "all" };
	const char *name = query_get(q, "view");

	*ret = VIEW_PENDING;
	if (!name || !*name)
		return ERR_OK;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0) {
			*ret = (enum view)i;
			return ERR_OK;
		}
	return refuse_field(q, "view", "没有这个列表");
}

/* Levels of the bureau table; its officers sit at the desk of that level, as an index. */
static enum desk
desk_of(unsigned level)
{
	return level == 1 ? DESK_NATION : level == 2 ? DESK_PROVINCE : DESK_LOCAL;
}

static enum err
load(struct req *q, enum view view, const struct application_item **ret, size_t *ret_count)
{
	int64_t cursor = query_int(q, "cursor", 1, INT64_MAX, 0), mine = who_bureau(q);
	struct bureau bureau;

	switch (view) {
	case VIEW_PENDING:
		return application_pending(q->db, q->arena, mine, cursor, PAGE + 1, ret, ret_count);
	case VIEW_DONE:
		return application_decided(q->db, q->arena, mine, cursor, PAGE + 1, ret, ret_count);
	case VIEW_ALL:
		break;
	}
	TRY(bureau_get(q->db, q->arena, mine, &bureau));
	return application_passing(q->db, q->arena, mine, desk_of(bureau.level), cursor, PAGE + 1,
	    ret, ret_count);
}

static json_t *
item_json(const struct application_item *item)
{
	enum state state = (enum state)item->state;
	const struct status_info *status = status_info(state_status(state));
	const struct desk_info *desk = desk_info(state_desk(state));

	return json_pack("{ss ss ss ss? ss? ss ss ss ss ss? ss? ss sI sI}", "number", item->number,
	    "unit_name", item->unit_name, "institution_name", item->institution_name, "app_name",
	    item->shown_app_name, "business_type", item->business_type, "kind",
	    institution_kind(item->institution_code), "status", status->wire, "status_text",
	    status->text, "phase", state_phase(state) == PHASE_APPLY ? "apply" : "accept", "desk",
	    desk ? desk->wire : NULL, "desk_text", desk ? desk->pending : NULL, "region_name",
	    item->province_city, "since",
	    (json_int_t)(item->desk_since ? item->desk_since : item->updated_at), "version",
	    (json_int_t)item->version);
}

enum err
review_queue(struct req *q)
{
	const struct application_item *items;
	int64_t pending;
	size_t count;
	enum view view;

	TRY(read_view(q, &view));
	TRY(load(q, view, &items, &count));
	TRY(application_pending_count(q->db, q->arena, who_bureau(q), &pending));

	size_t shown = count > PAGE ? PAGE : count;
	json_t *list = json_array();
	for (size_t i = 0; i < shown; i++)
		json_array_append_new(list, item_json(&items[i]));
	json_t *next =
	    count > shown ? json_sprintf("%lld", (long long)items[shown - 1].cursor) : json_null();
	return reply_json(q, 200,
	    json_pack("{so so s{sI}}", "items", list, "next", next, "counts", "pending",
		(json_int_t)pending));
}
