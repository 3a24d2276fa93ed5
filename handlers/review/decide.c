#include <string.h>

#include "handlers/application/access.h"
#include "handlers/application/step.h"
#include "handlers/deed.h"
#include "handlers/review/claim.h"
#include "handlers/review/review.h"
#include "handlers/rules/decision_form.h"
#include "handlers/rules/dictionary.h"

enum err
review_decide(struct req *q)
{
	struct decision_form in = { 0 };
	struct application app, held;
	const struct transition *step;

	TRY(form_bind(&decision_form, q, NULL, FORM_SUBMIT, &in));
	TRY(application_of_bureau(q, q->db, &app));
	bool pass = strcmp(in.event, DECISION_PASS) == 0;
	TRY(step_find(q, &app, pass ? EVENT_PASS : EVENT_REJECT, &step));
	if (app.version != in.version)
		return ERR_CONFLICT;

	SQL_TX(tx, q->db);
	/* so that nobody claims it meanwhile; whoever changed it makes step_take() refuse */
	TRY(application_lock(&tx, q->arena, app.id, &held));
	TRY(claim_check(q, tx.db, &held));
	struct step_input input = {
		.form = &decision_form,
		.remark_field = "remark",
		.remark = in.remark,
		.security_checked = in.security_checked,
	};
	TRY(step_take(q, &tx, &app, step, &input));
	return deed_done(q, &tx, "application.decide", application_object(q, &app),
	    step_detail(q, &app, step), 200, step_json(&app, step));
}
