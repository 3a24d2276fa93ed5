#include "handlers/rules/table/sms_limits.h"

#include "fcgi/base/array.h"

const struct sms_limit sms_limits[] = {
#define SMS_LIMIT(what, whose, window, most) { SMS_WHAT_##what, SMS_WHOSE_##whose, window, most },
#include "handlers/rules/table/sms_limit.def"
#undef SMS_LIMIT
};
const size_t sms_limits_count = COUNT(sms_limits);
