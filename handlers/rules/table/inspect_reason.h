#ifndef HANDLERS_RULES_TABLE_INSPECT_REASON_H
#define HANDLERS_RULES_TABLE_INSPECT_REASON_H

/* Why the content of a file is refused: inspect.def. */
enum reason {
#define REASON(name, text) REASON_##name,
#include "handlers/rules/table/inspect.def"
#undef REASON
	REASON_COUNT
};

/* As the uploader reads it. */
const char *reason_text(enum reason reason);

#endif
