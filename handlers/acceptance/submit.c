#include "handlers/acceptance/acceptance.h"
#include "handlers/acceptance/order_check.h"
#include "handlers/acceptance/tester.h"
#include "handlers/application/access.h"
#include "handlers/application/answers.h"
#include "handlers/application/filing.h"
#include "handlers/application/step.h"
#include "handlers/common/deed.h"
#include "handlers/rules/form/application_form.h"
#include "handlers/rules/table/kinds.h"
#include "sql/key/credential.h"

/* 应用ID of the test environment: what the order was paid with. */
static enum err
test_app_id(struct req *q, const struct application *app, const char **ret)
{
	struct channel_credential credential;
	enum err e =
	    channel_credential_get(q->db, q->arena, app->id, ENVIRONMENT_TEST, &credential);

	if (e == ERR_NOT_FOUND)
		return refuse(q, ERR_WRONG_STATE,
		    "测试环境反馈单正在生成，请下载并完成测试后再提交验收");
	TRY(e);
	*ret = credential.app_id;
	return ERR_OK;
}

enum err
acceptance_submit(struct req *q)
{
	struct submission_form in = { 0 };
	struct application app;
	struct stored_answers stored = { 0 };
	struct acceptance_form answers = { 0 };
	const struct transition *step;
	const char *app_id = NULL;

	TRY(form_bind(&submission_form, q, NULL, FORM_SUBMIT, &in));
	TRY(application_to_write(q, q->db, in.version, &app));
	if (!state_accept_editable((enum state)app.state))
		return ERR_WRONG_STATE;
	TRY(step_find(q, &app, EVENT_SUBMIT, &step));
	TRY(answers_load(q, q->db, &app, &stored));
	TRY(answers_judge(q, &acceptance_form, &stored.acceptance, acceptance_variant(q, &app),
	    app.unit_id, &answers));
	tester_check(q, &answers);
	order_check_time(q, answers.order_no);
	TRY(form_end(q));
	TRY(test_app_id(q, &app, &app_id));
	TRY(order_check_platform(q, answers.order_no, app_id));

	SQL_TX(tx, q->db);
	TRY(filing_submit(q, &tx, &app, step, &acceptance_form, &answers, &stored));
	return deed_done(q, &tx, DEED_ACCEPTANCE_SUBMIT, application_object(q, &app),
	    step_detail(q, &app, step), 200, step_reply(q, &app, step));
}
