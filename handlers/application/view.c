#include "handlers/application/view.h"

#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/http/route.h"
#include "handlers/application/access.h"
#include "handlers/common/reach.h"
#include "handlers/common/who.h"
#include "handlers/rules/table/dictionary.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/upload/stored_file.h"
#include "sql/catalogue/region.h"

#define OFFICER WHO(ROLE_OFFICER)

static const struct answer_row institution_rows[] = {
	ANSWER(struct application_institution_answer, code),
	ANSWER(struct application_institution_answer, name),
	ANSWER(struct application_institution_answer, region, .about = "code"),
	ANSWER(struct application_institution_answer, region_name),
	ANSWER(struct application_institution_answer, in_force, .who = OFFICER,
	    .about = "has it an agreement now"),
};
static const struct answer institution_answer = ANSWER_TABLE("application_institution",
    struct application_institution_answer, institution_rows);

static const struct answer_row rows[] = {
	ANSWER(struct application_answer, number),
	ANSWER(struct application_answer, version),
	ANSWER(struct application_answer, state, .words = state_words),
	ANSWER(struct application_answer, status, .words = status_words),
	ANSWER(struct application_answer, status_text),
	ANSWER(struct application_answer, kind, .words = INSTITUTION_KIND_WORDS),
	ANSWER_ONE(struct application_answer, institution, &institution_answer),
	ANSWER(struct application_answer, app_name, .null = true),
	ANSWER(struct application_answer, business_type, .null = true,
	    .words = BUSINESS_TYPE_WORDS),
	ANSWER(struct application_answer, third_channel, .null = true),
	ANSWER(struct application_answer, province_city),
	ANSWER(struct application_answer, created_at, .about = "Unix seconds, as the next two"),
	ANSWER(struct application_answer, updated_at),
	ANSWER(struct application_answer, submitted_at, .null = true),
	ANSWER(struct application_answer, answers, .of = &answer_form_values),
	ANSWER_ONE(struct application_answer, answer_texts, &answer_texts_answer,
	    .about = "what answers that are codes say"),
	ANSWER(struct application_answer, files, .of = &stored_file_answer, .keyed = true),
	ANSWER_ONE(struct application_answer, acceptance, &acceptance_answer, .null = true),
	ANSWER(struct application_answer, reopened, .null = true,
	    .about = "fields of the form sent back that may change; null: all of them"),
	ANSWER_ONE(struct application_answer, unit, &unit_view_answer),
	ANSWER_MANY(struct application_answer, records, &record_answer),
	ANSWER_ONE(struct application_answer, waiting, &waiting_answer, .null = true,
	    .about = "null while it lies with the applicant"),
	ANSWER_MANY(struct application_answer, changes, &change_answer),
	ANSWER_MANY(struct application_answer, sheets, &sheet_answer),
	ANSWER_ONE(struct application_answer, selftest, &selftest_answer, .null = true,
	    .about = "联调自测; null: never run"),
	ANSWER(struct application_answer, actions,
	    .words = "edit submit delete accept_edit accept_submit report_key discard decide",
	    .about = "what may be done next"),
	ANSWER(struct application_answer, tip, .null = true),
	ANSWER_ONE(struct application_answer, claim, &claim_answer, .who = OFFICER, .null = true),
	ANSWER_ONE(struct application_answer, draft, &draft_answer, .who = OFFICER),
};
const struct answer application_answer =
    ANSWER_TABLE("application", struct application_answer, rows);

/* What may be done next, read off the table of the procedure. */
static struct text_list
actions_of(struct req *q, const struct application *app)
{
	enum state state = (enum state)app->state;
	bool officer = who_role(q) == ROLE_OFFICER;
	bool writable = !officer && application_writable(q, app);
	bool submits = writable && workflow_step(state, EVENT_SUBMIT, DESK_NONE) != NULL;
	const struct {
		const char *name;
		bool offered;
	} all[] = {
		{ "decide", officer && reach_has_at_desk(q, app) },
		{ "edit", writable && state_apply_editable(state) },
		{ "submit", submits && state_apply_editable(state) },
		{ "delete", writable && state == STATE_DRAFT },
		{ "accept_edit", writable && state_accept_editable(state) },
		{ "accept_submit", submits && state_accept_editable(state) },
		{ "report_key", writable && offer_key_report(app) },
		{ "discard", writable && workflow_step(state, EVENT_DISCARD, DESK_NONE) != NULL },
	};
	const size_t count = COUNT(all);
	const char **names = ARENA_ARRAY(q->arena, const char *, count);
	struct text_list list = { names, 0 };

	for (size_t i = 0; i < count; i++)
		if (all[i].offered)
			names[list.count++] = all[i].name;
	return list;
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

static enum err
fill_head(struct req *q, const struct application *app, struct application_answer *ret)
{
	enum state state = (enum state)app->state;
	const struct status_info *status = status_info(state_status(state));
	struct application_institution_answer *institution =
	    ARENA_NEW(q->arena, struct application_institution_answer);

	*institution = (struct application_institution_answer){
		.code = app->institution_code,
		.name = app->institution_name,
		.region = app->region_code,
	};
	TRY(region_full_name(q->db, q->arena, app->region_code, &institution->region_name));
	*ret = (struct application_answer){
		.number = app->number,
		.version = app->version,
		.state = state_name(state),
		.status = status->wire,
		.status_text = status->text,
		.kind = institution_kind(app->institution_code),
		.institution = institution,
		.app_name = app->shown_app_name,
		.business_type = app->business_type,
		.third_channel = app->third_channel,
		.province_city = app->province_city,
		.created_at = app->created_at,
		.updated_at = app->updated_at,
		.submitted_at = app->submitted_at,
	};
	return ERR_OK;
}

static enum err
fill_forms(struct req *q, const struct application *app, struct application_answer *ret)
{
	struct view_forms forms;

	TRY(who_role(q) == ROLE_OFFICER ? view_filed(q, app, &forms) : view_stored(q, app, &forms));
	ret->answers = forms.answers;
	ret->answer_texts = forms.answer_texts;
	ret->files = forms.files;
	ret->acceptance = forms.acceptance;
	ret->reopened = forms.reopened;
	return ERR_OK;
}

enum err
view_fill(struct req *q, const struct application *app, struct application_answer *ret)
{
	struct unit_answer *unit = ARENA_NEW(q->arena, struct unit_answer);

	TRY(fill_head(q, app, ret));
	TRY(fill_forms(q, app, ret));
	TRY(unit_get(q->db, q->arena, app->unit_id, &unit->row));
	if (who_role(q) == ROLE_OFFICER)
		TRY(unit_answer_fill(q, unit));
	ret->unit = unit;
	TRY(view_records(q, app, &ret->records.items, &ret->records.count));
	TRY(view_waiting(q, app, &ret->waiting));
	TRY(view_changes(q, app, &ret->changes.items, &ret->changes.count));
	TRY(offers_shown(q, app, &ret->sheets.items, &ret->sheets.count));
	TRY(selftest_shown(q, app, &ret->selftest));
	ret->actions = actions_of(q, app);
	ret->tip = who_role(q) == ROLE_OFFICER ? NULL : tip_of(app);
	return ERR_OK;
}
