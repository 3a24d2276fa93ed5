#ifndef HANDLERS_APPLICATION_FILING_H
#define HANDLERS_APPLICATION_FILING_H

#include "fcgi/http/request.h"
#include "handlers/application/answers.h"
#include "handlers/application/step.h"

/*
 * What was filed at a 提交: the answers and the files of one form, kept as a
 * numbered round. Bureaus read these and nothing else, so a rejected form that
 * is being edited looks to them as it was filed.
 *
 * {"answers": {field: value}, "texts": {field: text},
 *  "files": {field: {id, name, size, type, digest}}}
 */

/* Takes the step, keeping `answers` of `form` and their files as the round. */
MUST_CHECK enum err filing_submit(struct req *q, struct sql_tx *tx, const struct application *app,
    const struct transition *step, const struct form *form, const void *answers,
    const struct stored_answers *stored);

/* The newest round of a phase, the caller's: json_decref(). ERR_NOT_FOUND: none yet. */
MUST_CHECK enum err
filing_last(struct req *q, struct sql *db, int64_t application_id, enum phase phase, json_t **ret);

#endif
