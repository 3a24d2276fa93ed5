#include "handlers/rules/table/attempt_limits.h"

const struct attempt_limit attempt_limits[ATTEMPT_KINDS] = {
#define ATTEMPT(name, window, most, lock) [ATTEMPT_##name] = { window, most, lock },
#include "handlers/rules/table/attempt.def"
#undef ATTEMPT
};
