#ifndef HANDLERS_APPLICATION_STEP_NOTICE_H
#define HANDLERS_APPLICATION_STEP_NOTICE_H

#include "fcgi/http/request.h"
#include "handlers/rules/procedure/workflow.h"
#include "sql/application/application.h"

/*
 * Who is told about a step: the operator at every change of status, the
 * bureau whose queue it enters, and the bureaus it passed when it is 弃用.
 * next_bureau: whose queue it enters; 0 none. remark: of the step, or NULL.
 */
MUST_CHECK enum err step_notify(struct req *q, struct sql_tx *tx, const struct application *app,
    const struct transition *step, int64_t next_bureau, const char *remark);

#endif
