#ifndef HANDLERS_APPLICATION_VIEW_RECORDS_H
#define HANDLERS_APPLICATION_VIEW_RECORDS_H

#include "fcgi/http/request.h"
#include "sql/application/application.h"
#include "sql/application/application_pin.h"

/*
 * 审核记录: every step so far and the one that is waited for, each with its 批注. *ret is the
 * caller's.
 */
MUST_CHECK enum err view_records(struct req *q, const struct application *app, json_t **ret);

/* {id, field, kind: "field"|"page"|"second", place, text}. The caller owns the result. */
json_t *view_pin(const struct application_pin *pin);

#endif
