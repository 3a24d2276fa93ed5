#ifndef HANDLERS_RULES_TABLE_LIMITS_H
#define HANDLERS_RULES_TABLE_LIMITS_H

#include <stddef.h>
#include <stdint.h>

#include "fcgi/store/kv.h"

/* How often, and for how long: attempt.def, sms_limit.def, kv.def. */

/* ---- wrong passwords and codes -------------------------------------------- */

enum attempt_kind {
#define ATTEMPT(name, window, most, lock) ATTEMPT_##name,
#include "handlers/rules/table/attempt.def"
#undef ATTEMPT
	ATTEMPT_KINDS
};

struct attempt_limit {
	int64_t window; /* seconds from the first */
	int64_t most;
	int64_t lock; /* seconds */
};

extern const struct attempt_limit attempt_limits[ATTEMPT_KINDS];

/* ---- SMS ------------------------------------------------------------------- */

enum sms_what { SMS_WHAT_NONE, SMS_WHAT_CODE, SMS_WHAT_PROOF, SMS_WHAT_STAFFING };
enum sms_whose { SMS_WHOSE_PHONE, SMS_WHOSE_SENDER };

struct sms_limit {
	enum sms_what what;
	enum sms_whose whose;
	int64_t window; /* seconds */
	int64_t most;
};

extern const struct sms_limit sms_limits[];
extern const size_t sms_limits_count;

enum {
#define SMS_PAUSE(seconds) SMS_PAUSE = (seconds), /* between two codes */
#include "handlers/rules/table/sms_limit.def"
#undef SMS_PAUSE
};

/* ---- Redis ----------------------------------------------------------------- */

struct kv_limit {
	struct kv_family family;
	int64_t most; /* in the family's lifetime; the next one is refused */
};

/* kv_captcha, limit_sms_tries … */
#define FAMILY(name, seconds) extern const struct kv_family kv_##name;
#define LIMIT(name, seconds, most) extern const struct kv_limit limit_##name;
#include "handlers/rules/table/kv.def"
#undef FAMILY
#undef LIMIT

#endif
