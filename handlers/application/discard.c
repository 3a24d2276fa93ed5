#include "handlers/application/access.h"
#include "handlers/application/application.h"
#include "handlers/application/step.h"
#include "handlers/common/deed.h"
#include "handlers/rules/form/application_form.h"

enum err
application_discard(struct req *q)
{
	struct discard_form in = { 0 };
	struct application app;
	const struct transition *step;

	TRY(form_bind(&discard_form, q, NULL, FORM_SUBMIT, &in));
	TRY(application_to_write(q, q->db, in.version, &app));
	TRY(step_find(q, &app, EVENT_DISCARD, &step));

	SQL_TX(tx, q->db);
	struct step_input input = { .form = &discard_form,
		.remark_field = "reason",
		.remark = in.reason };
	TRY(step_take(q, &tx, &app, step, &input));
	return deed_done(q, &tx, DEED_APPLICATION_DISCARD, application_object(q, &app),
	    step_detail(q, &app, step), 200, step_reply(q, &app, step));
}
