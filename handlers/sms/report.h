#ifndef HANDLERS_SMS_REPORT_H
#define HANDLERS_SMS_REPORT_H

#include "fcgi/http/request.h"

/*
 * GET /sms-reports/{key}?status=N - 204: what became of the SMS with this
 * reference, as Kannel tells it (1 delivered, 2 not, 16 refused by the SMS
 * centre; others are on the way and change nothing). Whoever knows the random
 * reference is the gateway. On the intranet site. 404: no such SMS was sent.
 */
extern const struct form sms_report_query;
MUST_CHECK enum err sms_report_take(struct req *q);

#endif
