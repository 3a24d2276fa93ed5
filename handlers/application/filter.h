#ifndef HANDLERS_APPLICATION_FILTER_H
#define HANDLERS_APPLICATION_FILTER_H

#include "fcgi/http/request.h"
#include "handlers/rules/table/dictionary.h"
#include "sql/application/application_list.h"

/* Which of them a list shows: two rows of what it is asked with. */
#define APPLICATION_FILTER_FIELDS(type)                                                            \
	FIELD(type, state, .label = "申请单状态; any without", .max = 20,                          \
	    .choices = status_choices, .hint = "没有这种申请单状态"),                              \
	    FIELD(type, business_type, .label = "申请单模式; any without", .max = 50,              \
		.choices = business_type_choices, .hint = "没有这种申请单模式")
extern const struct choice status_choices[];

/* Among what the person who asks may see; NULL: any. */
struct application_filter
application_filter(const struct req *q, const char *state, const char *business_type);

#endif
