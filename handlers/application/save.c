#include "handlers/application/access.h"
#include "handlers/application/answers.h"
#include "handlers/application/application.h"
#include "handlers/application/files.h"
#include "handlers/application/reopened.h"
#include "handlers/application/subject.h"
#include "handlers/common/deed.h"
#include "handlers/common/who.h"

static const struct answer_row rows[] = {
	ANSWER(struct saved_answer, version),
};
const struct answer saved_answer = ANSWER_TABLE("saved", struct saved_answer, rows);

enum err
application_save(struct req *q)
{
	int64_t version = json_integer_value(json_object_get(q->input, "version"));
	struct application app;
	struct application_form form = { 0 };
	struct application_answers answers;
	struct stored_answers stored = { 0 };
	struct reopened reopened;
	struct subject subject;

	if (version < 1)
		return form_refuse(&application_form, &q->errors, "version", NULL);
	TRY(application_to_write(q, q->db, version, &app));
	if (!state_apply_editable((enum state)app.state))
		return ERR_WRONG_STATE;
	TRY(form_collect(&application_form, q, application_variant(&app), FORM_DRAFT, &form));
	TRY(files_check(q, &application_form, &form, app.unit_id));
	TRY(subject_of(q, q->db, &app, &form, &subject));
	TRY(answers_load(q, q->db, &app, &stored));
	TRY(reopened_application(q, &app, &stored, &reopened));
	reopened_check(q, &reopened, &application_form, &stored.application, &form);
	TRY(form_end(q));
	application_answers_of(q, &form, &answers);

	SQL_TX(tx, q->db);
	TRY(application_answers_put(&tx, &app, &answers, subject.shown_app_name,
	    subject.third_channel, who_user(q), q->now));
	TRY(files_put(&tx, app.id, &application_form, &form));
	const struct saved_answer answer = { app.version + 1 };
	return deed_done(q, &tx, DEED_APPLICATION_SAVE, application_object(q, &app), "", 200,
	    answer_text(q, &saved_answer, &answer));
}
