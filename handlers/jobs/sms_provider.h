#ifndef HANDLERS_JOBS_SMS_PROVIDER_H
#define HANDLERS_JOBS_SMS_PROVIDER_H

#include "fcgi/config.h"
#include "fcgi/err.h"
#include "fcgi/request.h"

/*
 * How an SMS leaves the house; PORTAL_SMS_PROVIDER names one. An SMS that was
 * handed over when the process died before saying so is sent again: a second
 * one is better than none.
 */
struct sms_provider {
	const char *name;
	/* phone: 11 digits; text: UTF-8. ERR_UNAVAILABLE: try again later (logged). */
	enum err (*send)(struct req *q, const char *phone, const char *text);
};

/* NULL when there is none of that name. */
const struct sms_provider *sms_provider_find(const char *name);

/* For development: a JSON object per line, {"time","phone","text"}, appended to PORTAL_SMS_FILE. */
MUST_CHECK enum err sms_file_send(struct req *q, const char *phone, const char *text);

#endif
