#include <stdlib.h>
#include <string.h>

#include "handlers/application/access.h"
#include "handlers/application/step.h"
#include "handlers/common/deed.h"
#include "handlers/review/decision.h"
#include "handlers/review/review.h"
#include "handlers/rules/form/review_form.h"
#include "handlers/rules/table/dictionary.h"

#define KEY_DIGITS 32

struct batch_result_answer {
	const char *number;
	bool done;
	const char *status_text, *code, *text;
};
static const struct answer_row result_rows[] = {
	ANSWER(struct batch_result_answer, number),
	ANSWER(struct batch_result_answer, done),
	ANSWER(struct batch_result_answer, status_text, .null = true,
	    .about = "where it is now; null when it was not done"),
	ANSWER(struct batch_result_answer, code, .null = true,
	    .about = "why it was not done, as its own request would say; null when it was"),
	ANSWER(struct batch_result_answer, text, .null = true, .about = "the same for people"),
};
static const struct answer result_answer =
    ANSWER_TABLE("batch_result", struct batch_result_answer, result_rows);

struct batch_answer {
	ANSWER_ITEMS(struct batch_result_answer) results;
	int64_t done, failed;
};
static const struct answer_row rows[] = {
	ANSWER_MANY(struct batch_answer, results, &result_answer, .about = "in the order asked"),
	ANSWER(struct batch_answer, done, .about = "how many"),
	ANSWER(struct batch_answer, failed, .about = "how many"),
};
const struct answer batch_answer = ANSWER_TABLE("batch", struct batch_answer, rows);

/* One of them, from its first read to its commit; what it leaves in q is the caller's to clear. */
static enum err
decide_one(struct req *q, int64_t version, const struct decision *d, const char **ret_status)
{
	struct application app;
	const struct transition *step;

	SQL_TX(tx, q->db);
	TRY(decision_take(q, &tx, version, d, &app, &step));
	TRY(deed_note(q, &tx, DEED_APPLICATION_DECIDE, application_object(q, &app),
	    step_detail(q, &app, step)));
	TRY(sql_commit(&tx));
	*ret_status = status_info(state_status(step->to))->text;
	return ERR_OK;
}

/* Why it was not decided, as its own request would have been answered. */
static const char *
reason(const struct req *q, enum err e)
{
	if (q->errors.count)
		return q->errors.list[0].text;
	return q->detail ? q->detail : err_info(e)->text;
}

/* "number:version", as the form has checked. */
static struct batch_result_answer
decide_item(struct req *q, const char *item, const struct decision *d)
{
	struct batch_result_answer result = { .number = arena_strndup(q->arena, item, KEY_DIGITS) };

	q->key = result.number;
	q->errors.count = 0;
	q->detail = NULL;
	enum err e =
	    decide_one(q, strtoll(item + KEY_DIGITS + 1, NULL, 10), d, &result.status_text);
	result.done = e == ERR_OK;
	if (!result.done) {
		result.code = err_info(e)->key;
		result.text = reason(q, e);
	}
	q->errors.count = 0;
	q->detail = NULL;
	return result;
}

enum err
review_batch(struct req *q)
{
	struct batch_form in = { 0 };
	struct batch_answer answer = { .done = 0 };

	TRY(form_bind(&batch_form, q, NULL, FORM_SUBMIT, &in));
	const struct decision decision = {
		.form = &batch_form,
		.pass = strcmp(in.event, DECISION_PASS) == 0,
		.remark = in.remark,
		.security_checked = in.security_checked,
	};
	if (!decision.pass && !in.remark)
		return form_refuse(&batch_form, &q->errors, "remark", NULL);

	struct batch_result_answer *results =
	    ARENA_ARRAY(q->arena, struct batch_result_answer, in.items.count);
	for (size_t i = 0; i < in.items.count; i++) {
		results[i] = decide_item(q, in.items.items[i], &decision);
		answer.done += results[i].done;
	}
	answer.results.items = results;
	answer.results.count = in.items.count;
	answer.failed = (int64_t)in.items.count - answer.done;
	/* a copy of the request gets these results; without them, had we died here, who was first */
	SQL_TX(tx, q->db);
	return deed_done(q, &tx, DEED_APPLICATION_BATCH, "batch",
	    arena_printf(q->arena, "event=%s done=%lld failed=%lld", in.event,
		(long long)answer.done, (long long)answer.failed),
	    200, answer_text(q, &batch_answer, &answer));
}
