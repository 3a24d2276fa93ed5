#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/base/bytes.h"
#include "handlers/sms/http.h"
#include "handlers/sms/settings.h"

/* delivered, not delivered, refused by the SMS centre: the last word of Kannel */
#define REPORTS "19"

static const char *
url_of(struct req *q, const struct sms *sms)
{
	const struct sms_settings *c = &sms_settings;
	const char *url = arena_printf(q->arena,
	    "%s?username=%s&password=%s&to=%s&charset=UTF-8&coding=2&text=%s", c->url,
	    bytes_percent(q->arena, c->user), bytes_percent(q->arena, c->password), sms->phone,
	    bytes_percent(q->arena, sms->text));

	if (*c->sign)
		url = arena_printf(q->arena, "%s&from=%s", url, bytes_percent(q->arena, c->sign));
	if (*c->report_url)
		url = arena_printf(q->arena, "%s&dlr-mask=" REPORTS "&dlr-url=%s", url,
		    bytes_percent(q->arena,
			arena_printf(q->arena, "%s/%s?status=%%d", c->report_url, sms->reference)));
	return url;
}

/*
 * smsbox answers 202 and a number when it has the message; everything else is a
 * text. All but the rows here may be set right on the gateway's side.
 */
static const struct sms_code_row texts[] = {
	{ "Number(s) has/have been denied", SMS_REFUSED },
	{ "Illegal characters in 'to'", SMS_REFUSED },
	{ "Charset or body misformed", SMS_REFUSED },
	{ "Not routable", SMS_LATER },
	{ "Temporal failure", SMS_LATER },
	{ "Authorization failed", SMS_LATER },
};

struct sms_outcome
sms_kannel_send(struct req *q, const struct sms *sms)
{
	struct sms_answer answer = { 0 };
	struct sms_outcome end = sms_http(q, &(struct sms_call){ .url = url_of(q, sms) }, &answer);

	if (end.fate != SMS_TAKEN || answer.status == 202)
		return end;
	enum sms_fate fate = sms_code_fate(texts, COUNT(texts), answer.text);
	/* Neither yes nor a text we know, from something between us and smsbox. */
	if (answer.status >= 500 && strncmp(answer.text, "Temporal failure", 16) != 0)
		fate = SMS_UNKNOWN;
	return (struct sms_outcome){ fate, arena_printf(q->arena, "%ld %s", answer.status,
					       sms_harmless(q->arena, answer.text)) };
}
