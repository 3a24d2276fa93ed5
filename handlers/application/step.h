#ifndef HANDLERS_APPLICATION_STEP_H
#define HANDLERS_APPLICATION_STEP_H

#include "fcgi/http/answer.h"
#include "handlers/rules/procedure/workflow.h"
#include "sql/application/application.h"
#include "sql/application/application_file.h"

/*
 * One step of the procedure, whoever takes it: the row moves, the event and
 * the round are kept, jobs and notices go out, all in the caller's
 * transaction. What a step needs and causes is in workflow.c alone.
 */

/*
 * The step this person may take now: the applicant at no desk, an officer at
 * the desk of his bureau. ERR_WRONG_STATE when there is none.
 */
MUST_CHECK enum err step_find(struct req *q, const struct application *app, enum event event,
    const struct transition **ret);

struct step_input {
	/* where it was said: a step's needs are refused with the form's own words */
	const struct form *form;
	const char *remark_field;
	const char *remark; /* or NULL */
	bool security_checked;
	/* what is filed, for steps that keep a round; NULL for others */
	const json_t *filed;
	const struct application_file *files;
	size_t nfiles;
};

/*
 * ERR_INVALID naming what the step needs and did not get; ERR_CONFLICT when
 * the application changed since `app` was read.
 */
MUST_CHECK enum err step_take(struct req *q, struct sql_tx *tx, const struct application *app,
    const struct transition *step, const struct step_input *in);

/* The answer to whoever took that step: where it is after it. */
extern const struct answer step_answer;
const char *
step_reply(const struct req *q, const struct application *app, const struct transition *step);
/* key=value, for the audit. */
const char *
step_detail(struct req *q, const struct application *app, const struct transition *step);

#endif
