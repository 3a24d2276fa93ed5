#ifndef HANDLERS_APPLICATION_REOPENED_H
#define HANDLERS_APPLICATION_REOPENED_H

#include "handlers/application/answers.h"
#include "handlers/rules/procedure/reopen.h"

/*
 * After a 驳回 with 批注 only what they are pinned to may change, and what hangs on it
 * (handlers/rules/procedure/reopen.h). What would not be accepted any more as it stands, such as an
 * order that has grown too old or a channel that was withdrawn, is open too: otherwise
 * nobody could submit again. In every other state that lets the form be edited, all is open.
 * The rule for both forms, and the only place that refuses.
 */
MUST_CHECK enum err reopened_application(struct req *q, const struct application *app,
    const struct stored_answers *stored, struct reopened *ret);
MUST_CHECK enum err reopened_acceptance(struct req *q, const struct application *app,
    const struct stored_answers *stored, struct reopened *ret);

/* Names every field that is not open and not as stored; form_end() tells. Structs of `form`. */
void reopened_check(struct req *q, const struct reopened *r, const struct form *form,
    const void *stored, const void *given);

/* Names of the open fields, in the arena; no items (NULL) when all are. */
struct text_list reopened_names(struct req *q, const struct reopened *r);

#endif
