#ifndef HANDLERS_SMS_PROVIDER_H
#define HANDLERS_SMS_PROVIDER_H

#include "handlers/sms/gateway.h"

/* Which of the gateways is used: PORTAL_SMS_PROVIDER names it. */
struct sms_provider {
	const char *name;
	struct sms_outcome (*send)(struct req *q, const struct sms *sms);
};

/* NULL when there is none of that name. */
const struct sms_provider *sms_provider_find(const char *name);

#endif
