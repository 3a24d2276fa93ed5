#include "handlers/rules/table/limits.h"

#include "fcgi/base/array.h"

const struct attempt_limit attempt_limits[ATTEMPT_KINDS] = {
#define ATTEMPT(name, window, most, lock) [ATTEMPT_##name] = { window, most, lock },
#include "handlers/rules/table/attempt.def"
#undef ATTEMPT
};

const struct sms_limit sms_limits[] = {
#define SMS_PAUSE(seconds)                                                                         \
	{ SMS_WHAT_CODE, SMS_WHOSE_PHONE, seconds, 1 },                                            \
	    { SMS_WHAT_PROOF, SMS_WHOSE_PHONE, seconds, 1 },
#define SMS_LIMIT(what, whose, window, most) { SMS_WHAT_##what, SMS_WHOSE_##whose, window, most },
#include "handlers/rules/table/sms_limit.def"
#undef SMS_PAUSE
#undef SMS_LIMIT
};
const size_t sms_limits_count = COUNT(sms_limits);

#define FAMILY(name, seconds) const struct kv_family kv_##name = { #name, seconds };
#define LIMIT(name, seconds, most)                                                                 \
	const struct kv_limit limit_##name = { { #name, seconds }, most };
#include "handlers/rules/table/kv.def"
#undef FAMILY
#undef LIMIT
