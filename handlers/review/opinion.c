#include "handlers/review/opinion.h"

#include "handlers/common/deed.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/review_form.h"
#include "handlers/rules/table/dictionary.h"
#include "sql/application/opinion_template.h"
#include "sql/catalogue/bureau.h"

static const struct answer_row kept_rows[] = {
	ANSWER(struct kept_answer, id),
};
const struct answer kept_answer = ANSWER_TABLE("kept", struct kept_answer, kept_rows);

struct opinion_answer {
	struct opinion_template row;
	bool mine;
};
static const struct answer_row opinion_rows[] = {
	ANSWER_AS(struct opinion_answer, row.id, "id"),
	ANSWER_AS(struct opinion_answer, row.event, "event", .null = true, .words = DECISION_WORDS,
	    .about = "null: for either"),
	ANSWER_AS(struct opinion_answer, row.title, "title"),
	ANSWER_AS(struct opinion_answer, row.text, "text"),
	ANSWER_AS(struct opinion_answer, row.national, "national",
	    .about = "the nation's bureau offers it to all"),
	ANSWER(struct opinion_answer, mine, .about = "this bureau's own, so it may change it"),
};
static const struct answer opinion_answer =
    ANSWER_TABLE("opinion", struct opinion_answer, opinion_rows);

struct opinions_answer {
	ANSWER_ITEMS(struct opinion_answer) items;
	bool may_national;
};
static const struct answer_row rows[] = {
	ANSWER_MANY(struct opinions_answer, items, &opinion_answer),
	ANSWER(struct opinions_answer, may_national, .about = "this bureau may offer one to all"),
};
const struct answer opinions_answer = ANSWER_TABLE("opinions", struct opinions_answer, rows);

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
	struct opinions_answer answer = { .may_national = false };
	size_t count;

	TRY(is_nation(q, &answer.may_national));
	TRY(opinion_templates(q->db, q->arena, who_bureau(q), &list, &count));
	struct opinion_answer *items = ARENA_ARRAY(q->arena, struct opinion_answer, count);
	for (size_t i = 0; i < count; i++)
		items[i] = (struct opinion_answer){ list[i], list[i].bureau_id == who_bureau(q) };
	answer.items.items = items;
	answer.items.count = count;
	return reply(q, 200, &opinions_answer, &answer);
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
	const struct kept_answer answer = { id };

	return deed_done(q, tx, deed, arena_printf(q->arena, "opinion/%lld", (long long)id), "",
	    status, status == 204 ? NULL : answer_text(q, &kept_answer, &answer));
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
