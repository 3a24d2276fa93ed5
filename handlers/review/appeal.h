#ifndef HANDLERS_REVIEW_APPEAL_H
#define HANDLERS_REVIEW_APPEAL_H

#include "fcgi/http/answer.h"

/* 申诉 that a bureau has to decide. Another bureau's do not exist. */

/* GET /appeals */
extern const struct form appeal_query;
extern const struct answer appeals_answer;
MUST_CHECK enum err appeal_index(struct req *q);
/* GET /appeals/{id} - who appeals and his licence, beside the account that holds the code and its own. */
extern const struct answer appeal_answer;
MUST_CHECK enum err appeal_show(struct req *q);
/*
 * POST /appeals/{id}/ruling - 200. Upheld, the account loses the code: its sessions end, it can do nothing
 * from the next request on, and the code may be registered again. Both are told. 409 when it is decided.
 */
extern const struct answer appeal_ruled_answer;
MUST_CHECK enum err appeal_rule(struct req *q);

#endif
