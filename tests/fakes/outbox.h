#ifndef TESTS_FAKES_OUTBOX_H
#define TESTS_FAKES_OUTBOX_H

#include "sql/audit.h"
#include "sql/message.h"
#include "sql/once.h"
#include "sql/sms.h"

/* Stands in for sql/{audit,message,once,sms}.c: counts, and keeps the last of each. */
extern struct outbox {
	unsigned audits, messages, texts, answers;
	struct deed deed; /* strings live in the request's arena */
	struct message message;
	const char *template_name, *text_sealed;
	struct once once; /* found again by once_get() */
} outbox;

#endif
