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
static json_t *
item_json(struct req *q, const char *item, const struct decision *d, bool *ret_done)
{
	const char *number = arena_strndup(q->arena, item, KEY_DIGITS), *status = NULL;

	q->key = number;
	q->errors.count = 0;
	q->detail = NULL;
	enum err e = decide_one(q, strtoll(item + KEY_DIGITS + 1, NULL, 10), d, &status);
	*ret_done = e == ERR_OK;
	json_t *result = json_pack("{ss sb ss? ss? ss?}", "number", number, "done", *ret_done,
	    "status_text", status, "code", e == ERR_OK ? NULL : err_info(e)->key, "text",
	    e == ERR_OK ? NULL : reason(q, e));
	q->errors.count = 0;
	q->detail = NULL;
	return result;
}

enum err
review_batch(struct req *q)
{
	struct batch_form in = { 0 };
	int done = 0;

	TRY(form_bind(&batch_form, q, NULL, FORM_SUBMIT, &in));
	const struct decision decision = {
		.form = &batch_form,
		.pass = strcmp(in.event, DECISION_PASS) == 0,
		.remark = in.remark,
		.security_checked = in.security_checked,
	};
	if (!decision.pass && !in.remark)
		return form_refuse(&batch_form, &q->errors, "remark", NULL);

	json_t *results = json_array();
	for (size_t i = 0; i < in.items.count; i++) {
		bool one;

		json_array_append_new(results, item_json(q, in.items.items[i], &decision, &one));
		done += one;
	}
	int failed = (int)in.items.count - done;
	/* a copy of the request gets these results; without them, had we died here, who was first */
	SQL_TX(tx, q->db);
	return deed_done(q, &tx, DEED_APPLICATION_BATCH, "batch",
	    arena_printf(q->arena, "event=%s done=%d failed=%d", in.event, done, failed), 200,
	    json_pack("{so si si}", "results", results, "done", done, "failed", failed));
}
