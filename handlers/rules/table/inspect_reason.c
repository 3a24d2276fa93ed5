#include "handlers/rules/table/inspect_reason.h"

static const char *const texts[] = {
#define REASON(name, text) text,
#include "handlers/rules/table/inspect.def"
#undef REASON
};

const char *
reason_text(enum reason reason)
{
	return texts[reason < REASON_COUNT ? reason : REASON_UNCHECKED];
}
