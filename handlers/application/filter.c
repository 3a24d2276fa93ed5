#include "handlers/application/filter.h"

#include <string.h>

#include "handlers/common/who.h"
#include "handlers/rules/procedure/workflow.h"

const struct choice status_choices[] = {
#define STATUS(name, wire, text) { wire, text, NULL },
#include "handlers/rules/procedure/status.def"
#undef STATUS
	{ NULL, NULL, NULL },
};

struct application_filter
application_filter(const struct req *q, const char *state, const char *business_type)
{
	struct application_filter filter = { .unit_id = who_unit(q),
		.status = -1,
		.business_type = business_type };

	if (who_role(q) == ROLE_OPERATOR)
		filter.institution_id = who_institution(q);
	for (int s = 0; state && s < STATUS_COUNT; s++)
		if (strcmp(status_choices[s].code, state) == 0)
			filter.status = s;
	return filter;
}
