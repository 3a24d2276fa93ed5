#ifndef HANDLERS_RULES_TABLE_DEED_TEXT_H
#define HANDLERS_RULES_TABLE_DEED_TEXT_H

#include <stddef.h>

/* What the audit calls what was done, in words (deed.def). */
struct deed_text {
	const char *name, *text;
};

extern const struct deed_text deed_texts[];
extern const size_t deed_texts_count;

/* The words for it; its name when there are none. */
const char *deed_text(const char *name);

#endif
