#include "handlers/application/filter.h"

#include <string.h>

#include "handlers/common/who.h"
#include "handlers/rules/table/dictionary.h"

enum err
application_filter_read(struct req *q, struct application_filter *filter)
{
	const char *status = query_get(q, "state"), *type = query_get(q, "business_type");

	*filter = (struct application_filter){ .unit_id = who_unit(q), .status = -1 };
	if (who_role(q) == ROLE_OPERATOR)
		filter->institution_id = who_institution(q);
	if (type && *type) {
		if (!choice_text(business_type_choices, type))
			return refuse_field(q, "business_type", "没有这种申请单模式");
		filter->business_type = type;
	}
	if (!status || !*status)
		return ERR_OK;
	for (enum status s = 0; s < STATUS_COUNT; s++)
		if (strcmp(status_info(s)->wire, status) == 0)
			filter->status = (int)s;
	return filter->status < 0 ? refuse_field(q, "state", "没有这种申请单状态") : ERR_OK;
}
