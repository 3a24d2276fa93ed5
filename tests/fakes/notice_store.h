#ifndef TESTS_FAKES_NOTICE_STORE_H
#define TESTS_FAKES_NOTICE_STORE_H

#include "sql/record/message.h"
#include "sql/record/sms.h"

#define FAKE_COUNTED_MAX 256

/* Stands in for sql/record/message.c, sql/record/sms.c and sql/record/sms_ceiling.c: what was said, to whom. Texts are the request's. */
extern struct fake_notices {
	unsigned messages, sms;
	unsigned role;
	int64_t user_id, bureau_id; /* of the last message */
	struct message message;     /* the last */
	struct sms_message text;    /* the last */
	struct {
		char subject[65];
		int64_t at;
	} counted[FAKE_COUNTED_MAX]; /* for ceilings */
	size_t ncounted;
	char spent[80]; /* index of the SMS code that was used last */
} fake_notices;

#endif
