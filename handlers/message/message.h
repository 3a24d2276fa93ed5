#ifndef HANDLERS_MESSAGE_MESSAGE_H
#define HANDLERS_MESSAGE_MESSAGE_H

#include "fcgi/http/request.h"

/* 站内消息 of the person who is signed in. */

/*
 * GET /messages[?before=ID&limit=20]
 * 200 {"items": [{id, title, text, application, file, at, read}], "unread": 3, "sms": true}, newest
 * first; unread counts no further than 100. file: GET /exports/{key}. before: older than that message.
 */
MUST_CHECK enum err message_index(struct req *q);

/* POST /messages/read {"id": 7} - 204. id 0: all of them. */
MUST_CHECK enum err message_mark_read(struct req *q);

/* PUT /messages/sms {"on": false} - 200 {"sms": false}. Notices about the account itself go on. */
MUST_CHECK enum err message_sms_switch(struct req *q);

#endif
