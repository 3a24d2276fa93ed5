#ifndef HANDLERS_SMS_ADMIT_H
#define HANDLERS_SMS_ADMIT_H

#include "fcgi/http/request.h"
#include "handlers/rules/table/limits.h"

struct sql_tx;

/*
 * Counts an SMS to this phone by the limits of sms_limit.def, in the transaction that sends it.
 * ERR_RATE_LIMITED with the time to wait as q->detail when one is reached; then nothing is counted.
 */
MUST_CHECK enum err
sms_admit(struct req *q, struct sql_tx *tx, enum sms_what what, const char *phone);

#endif
