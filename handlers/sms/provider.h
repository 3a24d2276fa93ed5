#ifndef HANDLERS_SMS_PROVIDER_H
#define HANDLERS_SMS_PROVIDER_H

#include "fcgi/base/err.h"
#include "fcgi/http/request.h"

/*
 * How an SMS leaves the house; PORTAL_SMS_PROVIDER names one, one file each.
 * None of the gateways recognises a message it already has: one whose fate is
 * unknown is therefore never handed over again (sql/record/sms.h, uncertain).
 */
struct sms {
	const char *reference;     /* 32 hex digits, of this message alone */
	const char *phone;         /* 11 digits */
	const char *text;          /* UTF-8, whole */
	const char *template_name; /* of a row of notice.def */
	const json_t *arguments;   /* array of texts for the row's {0} … */
};

enum sms_fate {
	SMS_TAKEN,   /* the gateway has it */
	SMS_LATER,   /* it has it not; worth another attempt */
	SMS_REFUSED, /* it has it not and will never take it */
	SMS_UNKNOWN  /* asked, and nobody knows */
};

struct sms_outcome {
	enum sms_fate fate;
	const char *why; /* for the log and the list; nothing personal; NULL for nothing */
};

struct sms_provider {
	const char *name;
	struct sms_outcome (*send)(struct req *q, const struct sms *sms);
};

/* NULL when there is none of that name. */
const struct sms_provider *sms_provider_find(const char *name);

/* What the gateway calls this notice (PORTAL_SMS_TEMPLATES), in the arena; NULL when it has none. */
const char *sms_template(struct req *q, const char *name);

/* For development: a JSON object per line, {"time","phone","text"}, appended to PORTAL_SMS_FILE. */
struct sms_outcome sms_file_send(struct req *q, const struct sms *sms);
/* Kannel's sendsms over HTTP; its reports come to GET /sms-reports/{reference}. */
struct sms_outcome sms_kannel_send(struct req *q, const struct sms *sms);
/* 阿里云短信 SendSms 2017-05-25, signed with ACS3-HMAC-SHA256. */
struct sms_outcome sms_aliyun_send(struct req *q, const struct sms *sms);
/* 腾讯云短信 SendSms 2021-01-11, signed with TC3-HMAC-SHA256. */
struct sms_outcome sms_tencent_send(struct req *q, const struct sms *sms);

#endif
