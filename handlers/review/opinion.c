#include "handlers/review/opinion.h"

#include "handlers/common/deed.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/review_form.h"
#include "sql/application/opinion_template.h"
#include "sql/catalogue/bureau.h"

static enum err
is_nation(struct req *q, bool *ret)
{
	struct bureau bureau;

	TRY(bureau_get(q->db, q->arena, who_bureau(q), &bureau));
	*ret = bureau.level == 1;
	return ERR_OK;
}

enum err
opinion_index(struct req *q)
{
	const struct opinion_template *list;
	size_t count;
	bool nation;

	TRY(is_nation(q, &nation));
	TRY(opinion_templates(q->db, q->arena, who_bureau(q), &list, &count));
	json_t *items = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(items,
		    json_pack("{sI ss? ss ss sb sb}", "id", (json_int_t)list[i].id, "event",
			list[i].event, "title", list[i].title, "text", list[i].text, "national",
			list[i].national, "mine", list[i].bureau_id == who_bureau(q)));
	return reply_json(q, 200, json_pack("{so sb}", "items", items, "may_national", nation));
}

static enum err
read_template(struct req *q, struct opinion_template *ret)
{
	struct opinion_template_form in = { 0 };
	bool nation;

	TRY(form_bind(&opinion_template_form, q, NULL, FORM_SUBMIT, &in));
	TRY(is_nation(q, &nation));
	if (in.national && !nation)
		return form_refuse(&opinion_template_form, &q->errors, "national", NULL);
	*ret = (struct opinion_template){
		.id = q->id,
		.bureau_id = who_bureau(q),
		.national = in.national,
		.event = in.event,
		.title = in.title,
		.text = in.text,
		.updated_at = q->now,
	};
	return ERR_OK;
}

static enum err
done(struct req *q, struct sql_tx *tx, enum deed deed, int64_t id, int status)
{
	json_t *body = status == 204 ? NULL : json_pack("{sI}", "id", (json_int_t)id);

	return deed_done(q, tx, deed, arena_printf(q->arena, "opinion/%lld", (long long)id), "",
	    status, body);
}

enum err
opinion_add(struct req *q)
{
	struct opinion_template template;
	const struct opinion_template *list;
	size_t count, own = 0;

	TRY(read_template(q, &template));
	TRY(opinion_templates(q->db, q->arena, who_bureau(q), &list, &count));
	for (size_t i = 0; i < count; i++)
		own += list[i].bureau_id == who_bureau(q);
	if (own >= OPINION_TEMPLATES_MAX)
		return refuse(q, ERR_CONFLICT, "常用意见已达 200 条，请先删除不用的");
	SQL_TX(tx, q->db);
	TRY(opinion_template_add(&tx, &template, &template.id));
	return done(q, &tx, DEED_OPINION_ADD, template.id, 201);
}

enum err
opinion_change(struct req *q)
{
	struct opinion_template template;

	TRY(read_template(q, &template));
	SQL_TX(tx, q->db);
	TRY(opinion_template_change(&tx, &template));
	return done(q, &tx, DEED_OPINION_CHANGE, q->id, 200);
}

enum err
opinion_remove(struct req *q)
{
	SQL_TX(tx, q->db);
	TRY(opinion_template_delete(&tx, who_bureau(q), q->id));
	return done(q, &tx, DEED_OPINION_REMOVE, q->id, 204);
}
