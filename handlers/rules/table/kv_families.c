#include "handlers/rules/table/kv_families.h"

#define FAMILY(name, seconds) const struct kv_family kv_##name = { #name, seconds };
#define LIMIT(name, seconds, most)                                                                 \
	const struct kv_limit limit_##name = { { #name, seconds }, most };
#include "handlers/rules/table/kv.def"
#undef FAMILY
#undef LIMIT
