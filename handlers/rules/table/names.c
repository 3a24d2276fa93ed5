#include "handlers/rules/table/names.h"

#include <string.h>

static const struct {
	const char *name, *text;
} deeds[DEED_COUNT] = {
#define DEED(NAME, name, text) [DEED_##NAME] = { name, text },
#include "handlers/rules/table/deed.def"
#undef DEED
};

static const struct {
	const char *kind, *text;
} jobs[JOB_KIND_COUNT] = {
#define JOB(NAME, kind, text) [JOB_##NAME] = { kind, text },
#include "handlers/rules/table/job.def"
#undef JOB
};

static const char *const reasons[REASON_COUNT] = {
#define REASON(name, text) [REASON_##name] = (text),
#include "handlers/rules/table/inspect.def"
#undef REASON
};

const char *
deed_name(enum deed deed)
{
	return deeds[deed].name;
}

const char *
deed_text(const char *name)
{
	for (enum deed deed = 0; deed < DEED_COUNT; deed++)
		if (strcmp(deeds[deed].name, name) == 0)
			return deeds[deed].text;
	return name;
}

const char *
job_kind_name(enum job_kind kind)
{
	return jobs[kind].kind;
}

bool
job_kind_by_name(const char *name, enum job_kind *ret)
{
	for (enum job_kind kind = 0; kind < JOB_KIND_COUNT; kind++)
		if (strcmp(jobs[kind].kind, name) == 0) {
			*ret = kind;
			return true;
		}
	return false;
}

const char *
job_text(const char *name)
{
	enum job_kind kind;

	return job_kind_by_name(name, &kind) ? jobs[kind].text : name;
}

const char *
reason_text(enum reason reason)
{
	return reasons[reason < REASON_COUNT ? reason : REASON_UNCHECKED];
}
