#include "sql/application/saved_filter.h"

#include "handlers/common/deed.h"
#include "handlers/common/list.h"
#include "handlers/common/who.h"
#include "handlers/review/opinion.h"
#include "handlers/rules/form/review_form.h"

static const struct answer_row filter_rows[] = {
	ANSWER(struct saved_filter, id),
	ANSWER(struct saved_filter, name),
	ANSWER(struct saved_filter, query, .about = "of the page's address"),
};
static const struct answer filter_answer =
    ANSWER_TABLE("saved_filter", struct saved_filter, filter_rows);

LIST_ANSWER(saved_filters, struct saved_filter, &filter_answer);

enum err
saved_filter_index(struct req *q)
{
	struct saved_filters_answer answer;

	TRY(saved_filters(q->db, q->arena, who_user(q), &answer.items.items, &answer.items.count));
	return reply(q, 200, &saved_filters_answer, &answer);
}

enum err
saved_filter_add(struct req *q)
{
	struct saved_filter_form in = { 0 };
	const struct saved_filter *list;
	size_t count;
	struct kept_answer answer;

	TRY(form_bind(&saved_filter_form, q, NULL, FORM_SUBMIT, &in));
	TRY(saved_filters(q->db, q->arena, who_user(q), &list, &count));
	if (count >= SAVED_FILTERS_MAX)
		return refuse(q, ERR_CONFLICT, "常用筛选已达 30 个，请先删除不用的");
	const struct saved_filter filter = { .name = in.name, .query = in.query };
	SQL_TX(tx, q->db);
	TRY(saved_filter_put(&tx, who_user(q), &filter, &answer.id));
	return deed_done(q, &tx, DEED_FILTER_SAVE,
	    arena_printf(q->arena, "filter/%lld", (long long)answer.id), "", 201,
	    answer_text(q, &kept_answer, &answer));
}

enum err
saved_filter_remove(struct req *q)
{
	SQL_TX(tx, q->db);
	TRY(saved_filter_delete(&tx, who_user(q), q->id));
	return deed_done(q, &tx, DEED_FILTER_REMOVE,
	    arena_printf(q->arena, "filter/%lld", (long long)q->id), "", 204, NULL);
}
