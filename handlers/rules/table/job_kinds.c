#include "handlers/rules/table/job_kinds.h"

#include <string.h>

static const char *const names[JOB_KIND_COUNT] = {
#define JOB(NAME, kind, text) [JOB_##NAME] = (kind),
#include "handlers/rules/table/job.def"
#undef JOB
};

const char *
job_kind_name(enum job_kind kind)
{
	return names[kind];
}

bool
job_kind_by_name(const char *name, enum job_kind *ret)
{
	for (enum job_kind kind = 0; kind < JOB_KIND_COUNT; kind++)
		if (strcmp(names[kind], name) == 0) {
			*ret = kind;
			return true;
		}
	return false;
}
