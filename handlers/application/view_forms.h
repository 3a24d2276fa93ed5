#ifndef HANDLERS_APPLICATION_VIEW_FORMS_H
#define HANDLERS_APPLICATION_VIEW_FORMS_H

#include "fcgi/http/answer.h"
#include "sql/application/application.h"

/* What answers that are codes say to people, those that apply. */
struct answer_texts_answer {
	const char *official_channel, *existing_app, *app_type;
};
extern const struct answer answer_texts_answer;

struct acceptance_answer {
	json_t *answers, *files;
	int64_t saved_at, submitted_at, order_checked_at;
};
extern const struct answer acceptance_answer;

/* What the two forms of an application say. What is JSON is borrowed from q. */
struct view_forms {
	json_t *answers, *files;
	const struct answer_texts_answer *answer_texts;
	const struct acceptance_answer *acceptance; /* NULL: there is none yet */
	struct text_list reopened;                  /* no items (NULL): all may change */
};

/* As the applicant stored them; as they were filed last, for officers. */
MUST_CHECK enum err
view_stored(struct req *q, const struct application *app, struct view_forms *ret);
MUST_CHECK enum err
view_filed(struct req *q, const struct application *app, struct view_forms *ret);

#endif
