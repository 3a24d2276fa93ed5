#include "handlers/application/reopened.h"

#include <string.h>

#include "handlers/acceptance/order_check.h"
#include "handlers/acceptance/tester.h"
#include "handlers/application/subject.h"
#include "sql/application/application_pin.h"

#define KEPT "审核时未要求修改此项，请保持原来的内容"

/* What would be refused at 提交 as it stands, to q->errors. */
static enum err
judge_application(struct req *q, const struct application *app, const struct stored_answers *stored)
{
	struct application_form form = { 0 };
	struct subject subject;

	TRY(answers_judge(q, &application_form, &stored->application, application_variant(app),
	    app->unit_id, &form));
	return subject_of(q, q->db, app, &form, &subject);
}

static enum err
judge_acceptance(struct req *q, const struct application *app, const struct stored_answers *stored)
{
	struct acceptance_form form = { 0 };

	TRY(answers_judge(q, &acceptance_form, &stored->acceptance, acceptance_variant(q, app),
	    app->unit_id, &form));
	tester_check(q, &form);
	order_check_time(q, form.order_no);
	return ERR_OK;
}

/* Runs a judge aside: what it refuses is no refusal of this request. */
static enum err
refused_now(struct req *q, const struct application *app, const struct stored_answers *stored,
    enum err (*judge)(struct req *, const struct application *, const struct stored_answers *),
    struct field_errors *ret)
{
	struct field_errors before = q->errors;

	q->errors.count = 0;
	enum err e = judge(q, app, stored);
	*ret = q->errors;
	q->errors = before;
	return e;
}

static enum err
load(struct req *q, const struct application *app, const struct stored_answers *stored,
    const struct form *form,
    enum err (*judge)(struct req *, const struct application *, const struct stored_answers *),
    struct reopened *ret)
{
	const struct pinned_field *pinned;
	struct field_errors refused;
	size_t count;

	TRY(application_pinned(q->db, q->arena, app->id, &pinned, &count));
	*ret = (struct reopened){ .all = true };
	if (count == 0)
		return ERR_OK;
	TRY(refused_now(q, app, stored, judge, &refused));
	const char **names = arena_alloc(q->arena, (count + refused.count) * sizeof(*names));
	for (size_t i = 0; i < count; i++)
		names[i] = pinned[i].name;
	for (size_t i = 0; i < refused.count; i++)
		names[count + i] = refused.list[i].name;
	reopen(form, names, count + refused.count, ret);
	return ERR_OK;
}

enum err
reopened_application(struct req *q, const struct application *app,
    const struct stored_answers *stored, struct reopened *ret)
{
	*ret = (struct reopened){ .all = true };
	if (app->state != STATE_APPLY_REJECTED)
		return ERR_OK;
	return load(q, app, stored, &application_form, judge_application, ret);
}

enum err
reopened_acceptance(struct req *q, const struct application *app,
    const struct stored_answers *stored, struct reopened *ret)
{
	*ret = (struct reopened){ .all = true };
	if (app->state != STATE_ACCEPT_REJECTED)
		return ERR_OK;
	return load(q, app, stored, &acceptance_form, judge_acceptance, ret);
}

static bool
same(const json_t *before, const json_t *after, const char *name)
{
	json_t *was = json_object_get(before, name), *is = json_object_get(after, name);

	return was == is || json_equal(was, is);
}

void
reopened_check(struct req *q, const struct reopened *r, const struct form *form, const void *stored,
    const void *given)
{
	json_auto_t *before = form_dump(form, stored), *after = form_dump(form, given);

	for (size_t i = 0; i < form->count; i++) {
		const struct field *f = &form->fields[i];
		bool hidden = f->control && strcmp(f->control, "hidden") == 0;

		if (!hidden && !reopened_has(r, f) && !same(before, after, f->name))
			(void)!form_refuse(form, &q->errors, f->name, KEPT);
	}
}

struct text_list
reopened_names(struct req *q, const struct reopened *r)
{
	const char **names = ARENA_ARRAY(q->arena, const char *, r->count);

	if (r->all)
		return (struct text_list){ NULL, 0 };
	for (size_t i = 0; i < r->count; i++)
		names[i] = r->fields[i]->name;
	return (struct text_list){ names, r->count };
}
