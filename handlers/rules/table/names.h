#ifndef HANDLERS_RULES_TABLE_NAMES_H
#define HANDLERS_RULES_TABLE_NAMES_H

#include <stdbool.h>

/* What is done, and why something is not, by name: deed.def, job.def, inspect.def. */

/* ---- what people do, and the audit keeps ---------------------------------- */

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

/* ---- what `portal jobs` does ----------------------------------------------- */

enum job_kind {
#define JOB(NAME, kind, text) JOB_##NAME,
#include "handlers/rules/table/job.def"
#undef JOB
	JOB_KIND_COUNT
};

/* As a row of the table `job` has it. */
const char *job_kind_name(enum job_kind kind);
/* The words for such a name, as deed_text(). */
const char *job_text(const char *name);
/* false: a row of a newer program, or of an older one. */
bool job_kind_by_name(const char *name, enum job_kind *ret);

/* ---- why the content of a file is refused --------------------------------- */

enum reason {
#define REASON(name, text) REASON_##name,
#include "handlers/rules/table/inspect.def"
#undef REASON
	REASON_COUNT
};

/* As the uploader reads it. */
const char *reason_text(enum reason reason);

#endif
