#ifndef HANDLERS_APPLICATION_VIEW_RECORDS_H
#define HANDLERS_APPLICATION_VIEW_RECORDS_H

#include "fcgi/http/answer.h"
#include "sql/application/application.h"
#include "sql/application/application_pin.h"

/* 批注: pinned to a field, or in its file to a page or a second. */
struct pin_answer {
	int64_t id;
	const char *field, *kind;
	int64_t place;
	const char *text;
};
extern const struct answer pin_answer;
struct pin_answer view_pin(const struct application_pin *pin);

/* 审核记录: a step that was taken, or the one that is waited for. */
struct record_answer {
	int64_t seq, at;
	const char *event, *phase, *desk, *desk_text, *who, *result_text, *opinion_text, *remark;
	const bool *security_checked;
	bool pending;
	ANSWER_ITEMS(struct pin_answer) pins;
};
extern const struct answer record_answer;
/* Every step so far, and the one that is waited for. */
MUST_CHECK enum err view_records(struct req *q, const struct application *app,
    const struct record_answer **ret, size_t *ret_count);

#endif
