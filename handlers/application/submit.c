#include "handlers/application/access.h"
#include "handlers/application/answers.h"
#include "handlers/application/application.h"
#include "handlers/application/filing.h"
#include "handlers/application/step.h"
#include "handlers/application/subject.h"
#include "handlers/common/deed.h"
#include "handlers/rules/form/application_form.h"

enum err
application_submit(struct req *q)
{
	struct submission_form in = { 0 };
	struct application app;
	struct stored_answers stored = { 0 };
	struct application_form answers = { 0 };
	const struct transition *step;
	struct subject subject;

	TRY(form_bind(&submission_form, q, NULL, FORM_SUBMIT, &in));
	TRY(application_to_write(q, q->db, in.version, &app));
	if (!state_apply_editable((enum state)app.state))
		return ERR_WRONG_STATE;
	TRY(step_find(q, &app, EVENT_SUBMIT, &step));
	TRY(answers_load(q, q->db, &app, &stored));
	TRY(answers_judge(q, &application_form, &stored.application, application_variant(&app),
	    app.unit_id, &answers));
	TRY(subject_of(q, q->db, &app, &answers, &subject));
	TRY(form_end(q));
	app.shown_app_name = subject.shown_app_name;
	app.app_type = subject.app_type;

	SQL_TX(tx, q->db);
	TRY(subject_claim(q, &tx, &app, &answers, &subject));
	TRY(filing_submit(q, &tx, &app, step, &application_form, &answers, &stored));
	return deed_done(q, &tx, DEED_APPLICATION_SUBMIT, application_object(q, &app),
	    step_detail(q, &app, step), 200, step_reply(q, &app, step));
}
