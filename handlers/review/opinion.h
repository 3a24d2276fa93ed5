#ifndef HANDLERS_REVIEW_OPINION_H
#define HANDLERS_REVIEW_OPINION_H

#include "fcgi/http/request.h"

/*
 * 常用意见 of the officer's bureau, which its officers keep themselves, and those of the
 * nation's bureau that are offered to all. Others' answer 404.
 */

/* GET /opinion-templates - {items: [{id, event, title, text, national, mine}], may_national} */
MUST_CHECK enum err opinion_index(struct req *q);
/* POST /opinion-templates - 201 {id} */
MUST_CHECK enum err opinion_add(struct req *q);
/* PUT /opinion-templates/{id} - 200 {id} */
MUST_CHECK enum err opinion_change(struct req *q);
/* DELETE /opinion-templates/{id} - 204 */
MUST_CHECK enum err opinion_remove(struct req *q);

/*
 * Lists an officer has narrowed and named: the page's address keeps what they ask for.
 * GET /queue/filters - {items: [{id, name, query}]}
 */
MUST_CHECK enum err saved_filter_index(struct req *q);
/* POST /queue/filters - 201 {id}; one of that name is replaced */
MUST_CHECK enum err saved_filter_add(struct req *q);
/* DELETE /queue/filters/{id} - 204 */
MUST_CHECK enum err saved_filter_remove(struct req *q);

#endif
