#ifndef HANDLERS_SMS_TEMPLATE_H
#define HANDLERS_SMS_TEMPLATE_H

#include "fcgi/http/request.h"

/* What the gateway calls this notice (PORTAL_SMS_TEMPLATES), in the arena; NULL when it has none. */
const char *sms_template(struct req *q, const char *name);

#endif
