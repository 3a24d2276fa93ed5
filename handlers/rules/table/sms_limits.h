#ifndef HANDLERS_RULES_TABLE_SMS_LIMITS_H
#define HANDLERS_RULES_TABLE_SMS_LIMITS_H

#include <stddef.h>
#include <stdint.h>

/* The rows of sms_limit.def, in their order. */

enum sms_what { SMS_WHAT_NONE, SMS_WHAT_CODE, SMS_WHAT_STAFFING };
enum sms_whose { SMS_WHOSE_PHONE, SMS_WHOSE_SENDER };

struct sms_limit {
	enum sms_what what;
	enum sms_whose whose;
	int64_t window; /* seconds */
	int64_t most;
};

#define SMS_PAUSE 60 /* seconds between two codes: the first row */

extern const struct sms_limit sms_limits[];
extern const size_t sms_limits_count;

#endif
