#ifndef HANDLERS_SMS_HTTP_H
#define HANDLERS_SMS_HTTP_H

#include "handlers/sms/gateway.h"

/* One exchange with a gateway, at most ten seconds, no redirects, never repeated by itself. */

struct sms_call {
	const char *url;            /* http or https */
	const char *const *headers; /* "Name: value", NULL at the end; or NULL */
	const char *body;           /* POST when not NULL, GET else */
};

struct sms_answer {
	long status;
	const char *text; /* the body, at most SMS_ANSWER_MAX bytes */
};
#define SMS_ANSWER_MAX 8192

/*
 * SMS_TAKEN: there is an answer, in *ret, for the caller to read. SMS_LATER:
 * nothing was sent. SMS_UNKNOWN: something was, and no answer came.
 */
struct sms_outcome sms_http(struct req *q, const struct sms_call *call, struct sms_answer *ret);

/* What a gateway's code means; the first row whose code is the beginning of it. */
struct sms_code_row {
	const char *code;
	enum sms_fate fate;
};
/* SMS_LATER when no row fits: a refusal sends nothing, so another attempt harms nobody. */
enum sms_fate sms_code_fate(const struct sms_code_row *rows, size_t count, const char *code);

/* Text of a gateway for our log: printable ASCII, no digits in a row that may be a phone. */
const char *sms_harmless(struct arena *arena, const char *text);

#endif
