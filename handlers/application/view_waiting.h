#ifndef HANDLERS_APPLICATION_VIEW_WAITING_H
#define HANDLERS_APPLICATION_VIEW_WAITING_H

#include "fcgi/http/answer.h"
#include "sql/application/application.h"
#include "sql/application/desk_duration.h"

/* Who has it now, since when, and how long that usually takes. */
struct waiting_answer {
	const char *desk, *who;
	int64_t since;
	const struct desk_duration *usual;
};
extern const struct answer waiting_answer;
/* NULL: it lies with the applicant. */
MUST_CHECK enum err
view_waiting(struct req *q, const struct application *app, const struct waiting_answer **ret);

#endif
