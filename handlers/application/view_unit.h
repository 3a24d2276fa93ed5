#ifndef HANDLERS_APPLICATION_VIEW_UNIT_H
#define HANDLERS_APPLICATION_VIEW_UNIT_H

#include "fcgi/request.h"
#include "sql/application.h"

/* The unit of an application: its name, and for officers who it is, masked. *ret is the caller's. */
MUST_CHECK enum err view_unit(struct req *q, const struct application *app, json_t **ret);

#endif
