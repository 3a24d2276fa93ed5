#ifndef TESTS_FAKES_NOTICE_STORE_H
#define TESTS_FAKES_NOTICE_STORE_H

#include "sql/message.h"
#include "sql/sms.h"

/* Stands in for sql/message.c and sql/sms.c: what was said, to whom. Texts are the request's. */
extern struct fake_notices {
	unsigned messages, sms;
	unsigned role;
	int64_t user_id, bureau_id; /* of the last message */
	struct message message;     /* the last */
	struct sms_message text;    /* the last */
} fake_notices;

#endif
