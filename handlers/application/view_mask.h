#ifndef HANDLERS_APPLICATION_VIEW_MASK_H
#define HANDLERS_APPLICATION_VIEW_MASK_H

#include "fcgi/http/answer.h"

/* `value` as it may be shown, an answer to `field`: masked when it is personal. Borrowed from q. */
json_t *view_masked(struct req *q, const char *field, json_t *value);
/* The same of all answers of a form: {field: value}. NULL is fine. */
void view_mask_answers(struct req *q, json_t *answers);

#endif
