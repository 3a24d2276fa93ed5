#ifndef HANDLERS_APPLICATION_ANSWERS_H
#define HANDLERS_APPLICATION_ANSWERS_H

#include "fcgi/http/request.h"
#include "handlers/rules/form/acceptance_form.h"
#include "handlers/rules/form/application_form.h"
#include "sql/application/application_answers.h"
#include "sql/application/application_file.h"

/*
 * Between what a form holds and what the row holds: personal values are sealed
 * and opened here, lists become text and files come from their own table.
 */

/* What is stored of both forms; members that are not given are NULL or 0. */
struct stored_answers {
	struct application_form application;
	struct acceptance_form acceptance;
	const struct application_file *files;
	size_t nfiles;
};

MUST_CHECK enum err answers_load(struct req *q, struct sql *db, const struct application *app,
    struct stored_answers *ret);

/* As the row of that id keeps them. */
void application_answers_of(struct req *q, int64_t id, const struct application_form *form,
    struct application_answers *ret);
void acceptance_answers_of(struct req *q, int64_t id, const struct acceptance_form *form,
    struct acceptance_answers *ret);

/*
 * What answers that are numbers say to people: {official_channel, existing_app,
 * app_type}, those that apply. The caller owns the result.
 */
json_t *answer_texts(const struct application *app, const json_t *answers);

/* What "@kind" is judged by in either form; NULL for an acceptance without business type. */
const char *application_variant(const struct application *app);
const char *acceptance_variant(struct req *q, const struct application *app);

/*
 * Judge what is stored by the same table as what arrives. Every refused field
 * is named, which form_end() tells; *ret (zeroed by the caller) is what was
 * accepted, in its kept form.
 */
MUST_CHECK enum err answers_judge(struct req *q, const struct form *form, const void *stored,
    const char *variant, int64_t unit_id, void *ret);

#endif
