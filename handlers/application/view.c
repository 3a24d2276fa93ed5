#include "handlers/application/view.h"

#include <string.h>

#include "handlers/application/access.h"
#include "handlers/common/reach.h"
#include "handlers/common/who.h"
#include "handlers/rules/table/dictionary.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/selftest/selftest.h"
#include "sql/catalogue/region.h"

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
	const size_t count = sizeof(all) / sizeof(all[0]);
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

enum err
view_fill(struct req *q, const struct application *app, struct application_answer *ret)
{
	bool officer = who_role(q) == ROLE_OFFICER;
	struct unit_view_answer *unit = ARENA_NEW(q->arena, struct unit_view_answer);

	TRY(fill_head(q, app, ret));
	TRY(officer ? view_filed(q, app, ret) : view_stored(q, app, ret));
	TRY(view_unit(q, app, unit));
	ret->unit = unit;
	TRY(view_records(q, app, ret));
	TRY(view_waiting(q, app, ret));
	TRY(view_changes(q, app, ret));
	TRY(offers_shown(q, app, &ret->sheets.items, &ret->sheets.count));
	TRY(selftest_json(q, app, &ret->bench));
	reply_keep(q, ret->bench);
	ret->actions = actions_of(q, app);
	ret->tip = officer ? NULL : tip_of(app);
	return ERR_OK;
}
