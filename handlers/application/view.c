#include "handlers/application/view.h"

#include <string.h>

#include "handlers/application/access.h"
#include "handlers/application/answers.h"
#include "handlers/application/files.h"
#include "handlers/application/filing.h"
#include "handlers/application/reopened.h"
#include "handlers/application/view_changes.h"
#include "handlers/application/view_mask.h"
#include "handlers/application/view_records.h"
#include "handlers/application/view_unit.h"
#include "handlers/application/view_waiting.h"
#include "handlers/common/reach.h"
#include "handlers/common/who.h"
#include "handlers/rules/table/dictionary.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/selftest/selftest.h"
#include "handlers/sheet/offer.h"
#include "sql/catalogue/region.h"

/* {answers, texts, files} of one form as the applicant stored it. */
static json_t *
stored_json(struct req *q, const struct form *form, const void *answers,
    const struct stored_answers *stored, bool changing)
{
	json_t *values = answers_json(form, answers);

	if (!changing)
		view_mask_answers(q->arena, values);
	return json_pack("{so so}", "answers", values, "files",
	    files_json(form, stored->files, stored->nfiles));
}

/* As above for an officer, of the newest round; null while there is none. */
static enum err
filed_json(struct req *q, const struct application *app, enum phase phase, json_t **ret)
{
	json_t *filed = NULL;
	enum err e = filing_last(q, q->db, app->id, phase, &filed);

	if (e == ERR_NOT_FOUND)
		filed = json_null();
	else if (e != ERR_OK)
		return e;
	view_mask_answers(q->arena, json_object_get(filed, "answers"));
	e = files_scan(q, app->id, json_object_get(filed, "files"));
	if (e != ERR_OK) {
		json_decref(filed);
		return e;
	}
	*ret = filed;
	return ERR_OK;
}

/* Which fields of the form sent back may change; null when all may, or none is sent back. */
static enum err
open_json(struct req *q, const struct application *app, const struct stored_answers *stored,
    json_t **ret)
{
	struct reopened r;

	if (app->state == STATE_ACCEPT_REJECTED)
		TRY(reopened_acceptance(q, app, stored, &r));
	else
		TRY(reopened_application(q, app, stored, &r));
	*ret = reopened_json(&r);
	return ERR_OK;
}

/* What the two forms say: *ret_apply is an object, *ret_accept may be null, *ret_open too. */
static enum err
forms_json(struct req *q, const struct application *app, json_t **ret_apply, json_t **ret_accept,
    json_t **ret_open)
{
	struct stored_answers stored = { 0 };
	bool writable = application_writable(q, app);
	enum state state = (enum state)app->state;

	*ret_open = json_null();
	if (who_role(q) == ROLE_OFFICER) {
		TRY(filed_json(q, app, PHASE_APPLY, ret_apply));
		return filed_json(q, app, PHASE_ACCEPT, ret_accept);
	}
	TRY(answers_load(q, q->db, app, &stored));
	TRY(open_json(q, app, &stored, ret_open));
	*ret_apply = stored_json(q, &application_form, &stored.application, &stored,
	    writable && state_apply_editable(state));
	json_object_set_new(*ret_apply, "texts",
	    answer_texts(app, json_object_get(*ret_apply, "answers")));
	*ret_accept = app->acceptance_saved_at
			  ? stored_json(q, &acceptance_form, &stored.acceptance, &stored,
				writable && state_accept_editable(state))
			  : json_null();
	return ERR_OK;
}

static void
offer(json_t *actions, const char *action, bool offered)
{
	if (offered)
		json_array_append_new(actions, json_string(action));
}

/* What may be done next, read off the table of the procedure. */
static json_t *
actions_json(const struct req *q, const struct application *app)
{
	enum state state = (enum state)app->state;
	json_t *actions = json_array();

	if (who_role(q) == ROLE_OFFICER) {
		offer(actions, "decide", reach_has_at_desk(q, app));
		return actions;
	}
	if (!application_writable(q, app))
		return actions;
	bool submits = workflow_step(state, EVENT_SUBMIT, DESK_NONE) != NULL;
	offer(actions, "edit", state_apply_editable(state));
	offer(actions, "submit", submits && state_apply_editable(state));
	offer(actions, "delete", state == STATE_DRAFT);
	offer(actions, "accept_edit", state_accept_editable(state));
	offer(actions, "accept_submit", submits && state_accept_editable(state));
	offer(actions, "report_key", offer_key_report(app));
	offer(actions, "discard", workflow_step(state, EVENT_DISCARD, DESK_NONE) != NULL);
	return actions;
}

/* APR-3, ACR-3, ACR-4 and, for the one not transcribed, A-67. */
static const char *
tip_of(const struct application *app)
{
	bool auth = app->business_type && strcmp(app->business_type, BUSINESS_TYPE_AUTH) == 0;

	if (app->state == STATE_APPLIED)
		return auth ? "温馨提示: 下载测试环境线上身份核验反馈单和移动支付渠道反馈单, "
			      "与专项测试联调完成后, 提交测试验收数据"
			    : "温馨提示: 下载测试环境移动支付渠道反馈单, "
			      "与专项测试联调完成后, 提交测试验收数据";
	if (app->state == STATE_ACCEPTED)
		return auth ? "温馨提示: 下载正式环境线上身份核验反馈单和移动支付渠道反馈单, "
			      "与专项测试联调完成后, 开发上线"
			    : "温馨提示: 下载正式环境移动支付渠道反馈单, "
			      "与专项测试联调完成后, 开发上线";
	return NULL;
}

static json_t *
when(int64_t at)
{
	return at ? json_integer(at) : json_null();
}

static json_t *
head_json(const struct application *app, const char *region_name)
{
	enum state state = (enum state)app->state;
	const struct status_info *status = status_info(state_status(state));

	return json_pack("{ss sI ss ss ss ss s{ss ss ss ss} ss? ss? ss? ss sI sI so}", "number",
	    app->number, "version", (json_int_t)app->version, "state", state_name(state), "status",
	    status->wire, "status_text", status->text, "kind",
	    institution_kind(app->institution_code), "institution", "code", app->institution_code,
	    "name", app->institution_name, "region", app->region_code, "region_name", region_name,
	    "app_name", app->shown_app_name, "business_type", app->business_type, "third_channel",
	    app->third_channel, "province_city", app->province_city, "created_at",
	    (json_int_t)app->created_at, "updated_at", (json_int_t)app->updated_at, "submitted_at",
	    when(app->submitted_at));
}

/* Takes over `apply` and `accept`. */
static void
add_forms(json_t *body, const struct application *app, json_t *apply, json_t *accept)
{
	json_object_set(body, "answers", json_object_get(apply, "answers"));
	json_object_set(body, "answer_texts", json_object_get(apply, "texts"));
	json_object_set(body, "files", json_object_get(apply, "files"));
	json_decref(apply);
	if (json_is_object(accept)) {
		json_object_del(accept, "texts");
		json_object_set_new(accept, "saved_at", when(app->acceptance_saved_at));
		json_object_set_new(accept, "submitted_at", when(app->acceptance_submitted_at));
	}
	json_object_set_new(body, "acceptance", accept);
}

static enum err
fill(struct req *q, const struct application *app, json_t *body)
{
	json_t *apply, *accept = NULL, *open, *part;
	const char *tip = who_role(q) == ROLE_OFFICER ? NULL : tip_of(app);

	TRY(forms_json(q, app, &apply, &accept, &open));
	add_forms(body, app, apply, accept);
	json_object_set_new(body, "reopened", open);
	TRY(view_unit(q, app, &part));
	json_object_set_new(body, "unit", part);
	TRY(view_records(q, app, &part));
	json_object_set_new(body, "records", part);
	TRY(view_waiting(q, app, &part));
	json_object_set_new(body, "waiting", part);
	TRY(view_changes(q, app, &part));
	json_object_set_new(body, "changes", part);
	TRY(offers_json(q, app, &part));
	json_object_set_new(body, "sheets", part);
	TRY(selftest_json(q, app, &part));
	json_object_set_new(body, "bench", part);
	json_object_set_new(body, "actions", actions_json(q, app));
	json_object_set_new(body, "tip", tip ? json_string(tip) : json_null());
	return ERR_OK;
}

enum err
view_json(struct req *q, const struct application *app, json_t **ret)
{
	const char *region_name;

	TRY(region_full_name(q->db, q->arena, app->region_code, &region_name));
	json_t *body = head_json(app, region_name);
	enum err e = fill(q, app, body);
	if (e != ERR_OK) {
		json_decref(body);
		return e;
	}
	*ret = body;
	return ERR_OK;
}
