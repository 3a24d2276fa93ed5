#ifndef HANDLERS_MESSAGE_MESSAGE_H
#define HANDLERS_MESSAGE_MESSAGE_H

#include "fcgi/http/answer.h"

/* 站内消息 of the person who is signed in. */

/*
 * GET /messages
 * 200, newest first; unread counts no further than 100. file: GET /exports/{key}.
 */
extern const struct answer messages_answer;
extern const struct form message_query;
MUST_CHECK enum err message_index(struct req *q);

/* POST /messages/read {"id": 7} - 204. id 0: all of them. */
MUST_CHECK enum err message_mark_read(struct req *q);

/* PUT /messages/sms {"on": false} - 200. Notices about the account itself go on. */
extern const struct answer message_sms_answer;
MUST_CHECK enum err message_sms_switch(struct req *q);

#endif
