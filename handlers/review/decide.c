#include <string.h>

#include "handlers/application/access.h"
#include "handlers/application/step.h"
#include "handlers/common/deed.h"
#include "handlers/review/decision.h"
#include "handlers/review/review.h"
#include "handlers/rules/form/review_form.h"
#include "handlers/rules/table/dictionary.h"

enum err
review_decide(struct req *q)
{
	struct decision_form in = { 0 };
	struct application app;
	const struct transition *step;

	TRY(form_bind(&decision_form, q, NULL, FORM_SUBMIT, &in));
	const struct decision decision = {
		.form = &decision_form,
		.pass = strcmp(in.event, DECISION_PASS) == 0,
		.remark = in.remark,
		.security_checked = in.security_checked,
	};

	SQL_TX(tx, q->db);
	TRY(decision_take(q, &tx, in.version, &decision, &app, &step));
	return deed_done(q, &tx, DEED_APPLICATION_DECIDE, application_object(q, &app),
	    step_detail(q, &app, step), 200, step_reply(q, &app, step));
}
