#include "handlers/application/view_forms.h"

#include "fcgi/http/route.h"
#include "handlers/application/access.h"
#include "handlers/application/files.h"
#include "handlers/application/filing.h"
#include "handlers/application/reopened.h"
#include "handlers/application/view_mask.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/upload/stored_file.h"
#include "sql/application/acceptance_order.h"

static const struct answer_row texts_rows[] = {
	ANSWER(struct answer_texts_answer, official_channel, .optional = true),
	ANSWER(struct answer_texts_answer, existing_app, .optional = true),
	ANSWER(struct answer_texts_answer, app_type, .optional = true),
};
const struct answer answer_texts_answer =
    ANSWER_TABLE("answer_texts", struct answer_texts_answer, texts_rows);

static const struct answer_row acceptance_rows[] = {
	ANSWER(struct acceptance_answer, answers, .of = &answer_form_values),
	ANSWER(struct acceptance_answer, files, .of = &stored_file_answer, .keyed = true),
	ANSWER(struct acceptance_answer, saved_at, .null = true, .about = "Unix seconds"),
	ANSWER(struct acceptance_answer, submitted_at, .null = true, .about = "Unix seconds"),
	ANSWER(struct acceptance_answer, order_checked_at, .who = WHO(ROLE_OFFICER), .null = true,
	    .about = "when the payment platform confirmed the order; null: 未核验"),
};
const struct answer acceptance_answer =
    ANSWER_TABLE("acceptance", struct acceptance_answer, acceptance_rows);

/* What one form says: as it was filed. Borrowed from q. */
struct form_view {
	json_t *answers, *texts, *files;
};

/* As the applicant stored it. */
static struct form_view
stored_form(struct req *q, const struct application *app, const struct form *form,
    const void *answers, const struct stored_answers *stored, bool changing)
{
	struct form_view view = {
		.answers = reply_keep(q, answers_json(form, answers)),
		.files = reply_keep(q, files_json(form, stored->files, stored->nfiles)),
	};

	view.texts = reply_keep(q, answer_texts(app, view.answers));
	if (!changing)
		view_mask_answers(q, view.answers);
	return view;
}

/* For an officer, of the newest round; all NULL while there is none. */
static enum err
filed_form(struct req *q, const struct application *app, enum phase phase, struct form_view *ret)
{
	json_t *filed = NULL;
	enum err e = filing_last(q, q->db, app->id, phase, &filed);

	*ret = (struct form_view){ 0 };
	if (e != ERR_OK)
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	reply_keep(q, filed);
	*ret = (struct form_view){
		.answers = json_object_get(filed, "answers"),
		.texts = json_object_get(filed, "texts"),
		.files = json_object_get(filed, "files"),
	};
	view_mask_answers(q, ret->answers);
	return files_scan(q, app->id, ret->files);
}

static void
put_apply(struct req *q, const struct form_view *view, struct view_forms *ret)
{
	struct answer_texts_answer *texts = ARENA_NEW(q->arena, struct answer_texts_answer);

	ret->answers = view->answers;
	ret->files = view->files;
	texts->official_channel =
	    json_string_value(json_object_get(view->texts, "official_channel"));
	texts->existing_app = json_string_value(json_object_get(view->texts, "existing_app"));
	texts->app_type = json_string_value(json_object_get(view->texts, "app_type"));
	ret->answer_texts = texts;
}

static void
put_accept(struct req *q, const struct application *app, const struct form_view *view,
    int64_t order_checked_at, struct view_forms *ret)
{
	struct acceptance_answer *acceptance = ARENA_NEW(q->arena, struct acceptance_answer);

	acceptance->answers = view->answers;
	acceptance->files = view->files;
	acceptance->saved_at = app->acceptance_saved_at;
	acceptance->submitted_at = app->acceptance_submitted_at;
	acceptance->order_checked_at = order_checked_at;
	ret->acceptance = acceptance;
}

/* What is known of the order that was filed. */
static enum err
order_checked_at(struct req *q, const json_t *answers, int64_t *ret)
{
	const char *number = json_string_value(json_object_get(answers, "order_no"));
	struct acceptance_order order = { 0 };
	enum err e = number ? acceptance_order_get(q->db, q->arena, number, &order) : ERR_NOT_FOUND;

	*ret = order.checked_at;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err
view_filed(struct req *q, const struct application *app, struct view_forms *ret)
{
	struct form_view view;
	int64_t checked_at;

	*ret = (struct view_forms){ 0 };
	TRY(filed_form(q, app, PHASE_APPLY, &view));
	put_apply(q, &view, ret);
	TRY(filed_form(q, app, PHASE_ACCEPT, &view));
	if (!view.answers)
		return ERR_OK;
	TRY(order_checked_at(q, view.answers, &checked_at));
	put_accept(q, app, &view, checked_at, ret);
	return ERR_OK;
}

/* Which fields of the form sent back may change. */
static enum err
fill_reopened(struct req *q, const struct application *app, const struct stored_answers *stored,
    struct view_forms *ret)
{
	struct reopened r;

	if (app->state == STATE_ACCEPT_REJECTED)
		TRY(reopened_acceptance(q, app, stored, &r));
	else
		TRY(reopened_application(q, app, stored, &r));
	ret->reopened = reopened_names(q, &r);
	return ERR_OK;
}

enum err
view_stored(struct req *q, const struct application *app, struct view_forms *ret)
{
	struct stored_answers stored = { 0 };
	bool writable = application_writable(q, app);
	enum state state = (enum state)app->state;
	struct form_view view;

	*ret = (struct view_forms){ 0 };
	TRY(answers_load(q, q->db, app, &stored));
	TRY(fill_reopened(q, app, &stored, ret));
	view = stored_form(q, app, &application_form, &stored.application, &stored,
	    writable && state_apply_editable(state));
	put_apply(q, &view, ret);
	if (!app->acceptance_saved_at)
		return ERR_OK;
	view = stored_form(q, app, &acceptance_form, &stored.acceptance, &stored,
	    writable && state_accept_editable(state));
	put_accept(q, app, &view, 0, ret);
	return ERR_OK;
}
