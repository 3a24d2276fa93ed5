#ifndef HANDLERS_APPLICATION_VIEW_H
#define HANDLERS_APPLICATION_VIEW_H

#include "fcgi/http/request.h"
#include "sql/application/application.h"

/*
 * The detail of an application (APP-50 … APP-54, ACR-2 … ACR-7) for whoever
 * q is: the applicant sees what is stored, an officer what was filed. Personal
 * values are masked except in a form the reader may change right now, which
 * has to be filled with them. *ret is the caller's.
 */
MUST_CHECK enum err view_json(struct req *q, const struct application *app, json_t **ret);

#endif
