#include <string.h>

#include "handlers/common/reach.h"
#include "handlers/common/who.h"
#include "handlers/review/review.h"
#include "sql/account/certification.h"
#include "sql/catalogue/region.h"

#define PAGE 20

static enum err
item_json(const struct unit *u, const char *region, json_t **ret)
{
	*ret = json_pack("{sI ss ss ss ss ss sI}", "id", (json_int_t)u->id, "name", u->name, "uscc",
	    u->uscc, "kind", u->kind, "region_name", region, "certification",
	    kind_by_code(certifications, (int)u->certification)->wire, "since",
	    (json_int_t)u->manual_at);
	return *ret ? ERR_OK : ERR_INTERNAL;
}

enum err
certification_queue(struct req *q)
{
	const char *view = query_get(q, "view");
	bool done = view && strcmp(view, "done") == 0;
	int64_t waiting, cursor = query_int(q, "cursor", 1, INT64_MAX, 0);
	const struct unit *list;
	size_t count;

	if (done)
		TRY(certification_answered(q->db, q->arena, who_bureau(q), reach_region(q), cursor,
		    PAGE + 1, &list, &count));
	else
		TRY(certification_waiting(q->db, q->arena, who_bureau(q), reach_region(q), cursor,
		    PAGE + 1, &list, &count));
	TRY(certification_waiting_count(q->db, q->arena, who_bureau(q), reach_region(q), &waiting));
	size_t shown = count > PAGE ? PAGE : count;
	const char *codes[PAGE], *regions[PAGE];
	for (size_t i = 0; i < shown; i++)
		codes[i] = list[i].region_code;
	TRY(region_full_names(q->db, q->arena, codes, shown, regions));
	json_auto_t *items = json_array();
	for (size_t i = 0; i < shown; i++) {
		json_t *item;

		TRY(item_json(&list[i], regions[i], &item));
		json_array_append_new(items, item);
	}
	json_t *next =
	    count > shown ? json_sprintf("%lld", (long long)list[shown - 1].id) : json_null();
	return reply_json(q, 200,
	    json_pack("{sO so s{sI}}", "items", items, "next", next, "counts", "pending",
		(json_int_t)waiting));
}
