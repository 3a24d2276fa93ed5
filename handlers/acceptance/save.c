#include "handlers/acceptance/acceptance.h"
#include "handlers/acceptance/tester.h"
#include "handlers/application/access.h"
#include "handlers/application/answers.h"
#include "handlers/application/application.h"
#include "handlers/application/files.h"
#include "handlers/application/reopened.h"
#include "handlers/common/deed.h"
#include "handlers/common/who.h"

enum err
acceptance_save(struct req *q)
{
	int64_t version = json_integer_value(json_object_get(q->input, "version"));
	struct application app;
	struct acceptance_form form = { 0 };
	struct acceptance_answers answers;
	struct stored_answers stored = { 0 };
	struct reopened reopened;

	if (version < 1)
		return form_refuse(&acceptance_form, &q->errors, "version", NULL);
	TRY(application_to_write(q, q->db, version, &app));
	if (!state_accept_editable((enum state)app.state))
		return ERR_WRONG_STATE;
	TRY(form_collect(&acceptance_form, q, acceptance_variant(q, &app), FORM_DRAFT, &form));
	tester_check(q, &form);
	TRY(files_check(q, &acceptance_form, &form, app.unit_id));
	TRY(answers_load(q, q->db, &app, &stored));
	TRY(reopened_acceptance(q, &app, &stored, &reopened));
	reopened_check(q, &reopened, &acceptance_form, &stored.acceptance, &form);
	TRY(form_end(q));
	acceptance_answers_of(q, &form, &answers);

	SQL_TX(tx, q->db);
	TRY(acceptance_answers_put(&tx, &app, &answers, who_user(q), q->now));
	TRY(files_put(&tx, app.id, &acceptance_form, &form));
	const struct saved_answer answer = { app.version + 1 };
	return deed_done(q, &tx, DEED_ACCEPTANCE_SAVE, application_object(q, &app), "", 200,
	    answer_text(q, &saved_answer, &answer));
}
