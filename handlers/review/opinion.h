#ifndef HANDLERS_REVIEW_OPINION_H
#define HANDLERS_REVIEW_OPINION_H

#include "fcgi/http/answer.h"

/*
 * 常用意见 of the officer's bureau, which its officers keep themselves, and those of the
 * nation's bureau that are offered to all. Others' answer 404.
 */

/* The answer to whoever kept one: an opinion, or below a filter. */
struct kept_answer {
	int64_t id;
};
extern const struct answer kept_answer;

/* GET /opinion-templates */
extern const struct answer opinions_answer;
MUST_CHECK enum err opinion_index(struct req *q);
/* POST /opinion-templates - 201 */
MUST_CHECK enum err opinion_add(struct req *q);
/* PUT /opinion-templates/{id} - 200 */
MUST_CHECK enum err opinion_change(struct req *q);
/* DELETE /opinion-templates/{id} - 204 */
MUST_CHECK enum err opinion_remove(struct req *q);

/*
 * Lists an officer has narrowed and named: the page's address keeps what they ask for.
 * GET /queue/filters
 */
extern const struct answer saved_filters_answer;
MUST_CHECK enum err saved_filter_index(struct req *q);
/* POST /queue/filters - 201; one of that name is replaced */
MUST_CHECK enum err saved_filter_add(struct req *q);
/* DELETE /queue/filters/{id} - 204 */
MUST_CHECK enum err saved_filter_remove(struct req *q);

#endif
