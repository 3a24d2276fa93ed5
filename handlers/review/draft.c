#include "handlers/review/draft.h"

#include "handlers/common/who.h"
#include "handlers/review/claim.h"
#include "handlers/rules/form/review_form.h"
#include "handlers/rules/table/dictionary.h"
#include "sql/application/application_pin.h"

static const struct answer_row rows[] = {
	ANSWER(struct draft_answer, event, .null = true, .words = DECISION_WORDS),
	ANSWER(struct draft_answer, remark, .null = true),
	ANSWER(struct draft_answer, updated_at, .null = true, .about = "Unix seconds"),
	ANSWER_MANY(struct draft_answer, pins, &pin_answer),
};
const struct answer draft_answer = ANSWER_TABLE("draft", struct draft_answer, rows);

enum err
draft_save(struct req *q)
{
	struct draft_form in = { 0 };
	struct application app;

	TRY(form_bind(&draft_form, q, NULL, FORM_DRAFT, &in));
	const struct review_draft draft = { in.event, in.remark, q->now };
	SQL_TX(tx, q->db);
	TRY(claim_hold(q, &tx, &app));
	TRY(claim_check(q, tx.db, &app));
	TRY(review_draft_put(&tx, app.id, who_user(q), &draft));
	TRY(sql_commit(&tx));
	return reply_empty(q, 204);
}

enum err
draft_shown(struct req *q, const struct application *app, struct draft_answer *ret)
{
	struct review_draft draft = { 0 };
	const struct application_pin *pins;
	size_t count;
	enum err e = review_draft_get(q->db, q->arena, app->id, who_user(q), &draft);

	if (e != ERR_NOT_FOUND)
		TRY(e);
	TRY(application_pin_drafts(q->db, q->arena, app->id, who_user(q), &pins, &count));
	struct pin_answer *all = ARENA_ARRAY(q->arena, struct pin_answer, count);
	for (size_t i = 0; i < count; i++)
		all[i] = view_pin(&pins[i]);
	*ret = (struct draft_answer){
		.event = draft.event,
		.remark = draft.remark,
		.updated_at = draft.updated_at,
		.pins = { all, count },
	};
	return ERR_OK;
}
