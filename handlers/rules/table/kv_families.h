#ifndef HANDLERS_RULES_TABLE_KV_FAMILIES_H
#define HANDLERS_RULES_TABLE_KV_FAMILIES_H

#include <stdint.h>

#include "fcgi/store/kv.h"

/* The rows of kv.def, as fcgi/store/kv.h takes them: kv_captcha, limit_sms_tries ... */

struct kv_limit {
	struct kv_family family;
	int64_t most; /* in the family's lifetime; the next one is refused */
};

#define FAMILY(name, seconds) extern const struct kv_family kv_##name;
#define LIMIT(name, seconds, most) extern const struct kv_limit limit_##name;
#include "handlers/rules/table/kv.def"
#undef FAMILY
#undef LIMIT

#endif
