#include "sql/application/saved_filter.h"

#include "handlers/common/deed.h"
#include "handlers/common/who.h"
#include "handlers/review/opinion.h"
#include "handlers/rules/form/review_form.h"

enum err
saved_filter_index(struct req *q)
{
	const struct saved_filter *list;
	size_t count;

	TRY(saved_filters(q->db, q->arena, who_user(q), &list, &count));
	json_t *items = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(items, json_pack("{sI ss ss}", "id", (json_int_t)list[i].id,
						 "name", list[i].name, "query", list[i].query));
	return reply_json(q, 200, json_pack("{so}", "items", items));
}

enum err
saved_filter_add(struct req *q)
{
	struct saved_filter_form in = { 0 };
	const struct saved_filter *list;
	size_t count;
	int64_t id;

	TRY(form_bind(&saved_filter_form, q, NULL, FORM_SUBMIT, &in));
	TRY(saved_filters(q->db, q->arena, who_user(q), &list, &count));
	if (count >= SAVED_FILTERS_MAX)
		return refuse(q, ERR_CONFLICT, "常用筛选已达 30 个，请先删除不用的");
	const struct saved_filter filter = { .name = in.name, .query = in.query };
	SQL_TX(tx, q->db);
	TRY(saved_filter_put(&tx, who_user(q), &filter, &id));
	return deed_done(q, &tx, DEED_FILTER_SAVE,
	    arena_printf(q->arena, "filter/%lld", (long long)id), "", 201,
	    json_pack("{sI}", "id", (json_int_t)id));
}

enum err
saved_filter_remove(struct req *q)
{
	SQL_TX(tx, q->db);
	TRY(saved_filter_delete(&tx, who_user(q), q->id));
	return deed_done(q, &tx, DEED_FILTER_REMOVE,
	    arena_printf(q->arena, "filter/%lld", (long long)q->id), "", 204, NULL);
}
