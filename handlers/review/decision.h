#ifndef HANDLERS_REVIEW_DECISION_H
#define HANDLERS_REVIEW_DECISION_H

#include "fcgi/http/request.h"
#include "handlers/rules/procedure/workflow.h"
#include "sql/application/application.h"

/* One decision of an officer, alone or as one of many. */
struct decision {
	const struct form *form; /* where it was said; refusals are in its words */
	bool pass;
	const char *remark; /* or NULL */
	bool security_checked;
};

/*
 * Decides the application q->key names as it was at `version`, in the caller's transaction;
 * the caller keeps the deed and commits. What the officer drafted about it goes out with it.
 * ERR_CONFLICT, saying who did what and when, when somebody was first.
 */
MUST_CHECK enum err decision_take(struct req *q, struct sql_tx *tx, int64_t version,
    const struct decision *d, struct application *ret_app, const struct transition **ret_step);

#endif
