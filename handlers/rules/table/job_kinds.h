#ifndef HANDLERS_RULES_TABLE_JOB_KINDS_H
#define HANDLERS_RULES_TABLE_JOB_KINDS_H

#include <stdbool.h>

/* The kinds of jobs: job.def. */
enum job_kind {
#define JOB(NAME, kind, text) JOB_##NAME,
#include "handlers/rules/table/job.def"
#undef JOB
	JOB_KIND_COUNT
};

/* As a row of the table `job` has it. */
const char *job_kind_name(enum job_kind kind);

/* false: a row of a newer program, or of an older one. */
bool job_kind_by_name(const char *name, enum job_kind *ret);

#endif
