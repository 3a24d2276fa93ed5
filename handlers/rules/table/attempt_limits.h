#ifndef HANDLERS_RULES_TABLE_ATTEMPT_LIMITS_H
#define HANDLERS_RULES_TABLE_ATTEMPT_LIMITS_H

#include <stdint.h>

/* The rows of attempt.def, by ATTEMPT_ADDRESS … ATTEMPT_LOOKUP. */

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

#endif
