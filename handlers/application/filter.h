#ifndef HANDLERS_APPLICATION_FILTER_H
#define HANDLERS_APPLICATION_FILTER_H

#include "fcgi/http/request.h"
#include "sql/application/application_list.h"

/*
 * What ?state=&business_type= of the list ask for, among what the
 * person who asks may see. A value nobody offers is refused.
 */
MUST_CHECK enum err application_filter_read(struct req *q, struct application_filter *filter);

#endif
