#ifndef HANDLERS_ADMIN_AUDIT_CHECK_H
#define HANDLERS_ADMIN_AUDIT_CHECK_H

#include "fcgi/http/answer.h"
#include "sql/record/job.h"

/* Whether the trail is sound: asked for by the 审计员, and once a day. */

/* GET /audit/checks - what the last checks found. */
extern const struct answer audit_checks_answer;
MUST_CHECK enum err audit_checks_show(struct req *q);
/* POST /audit/checks - 202: a job recomputes all chains; asked again while it runs, the same one. */
extern const struct answer audit_check_asked_answer;
MUST_CHECK enum err audit_check_ask(struct req *q);

/* The job; and, from the janitor, one a day. */
MUST_CHECK enum err audit_check_run(struct req *q, struct sql_tx *tx, const struct job *job);
MUST_CHECK enum err audit_check_daily(struct req *q);

#endif
