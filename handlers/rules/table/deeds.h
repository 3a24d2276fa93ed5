#ifndef HANDLERS_RULES_TABLE_DEEDS_H
#define HANDLERS_RULES_TABLE_DEEDS_H

/* What people do and the audit keeps: deed.def. */
enum deed {
#define DEED(NAME, name, text) DEED_##NAME,
#include "handlers/rules/table/deed.def"
#undef DEED
	DEED_COUNT
};

/* "noun.verb", as a row of the audit has it. */
const char *deed_name(enum deed deed);

/* The words for such a name; the name itself when a row has one that is no longer in deed.def. */
const char *deed_text(const char *name);

#endif
