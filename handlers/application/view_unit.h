#ifndef HANDLERS_APPLICATION_VIEW_UNIT_H
#define HANDLERS_APPLICATION_VIEW_UNIT_H

#include "fcgi/http/request.h"
#include "sql/account/unit.h"
#include "sql/application/application.h"

/* The unit of an application: its name, and for officers who it is, masked. *ret is the caller's. */
MUST_CHECK enum err view_unit(struct req *q, const struct application *app, json_t **ret);
/* Who a unit is, masked, for officers. */
MUST_CHECK enum err view_unit_masked(struct req *q, const struct unit *unit, json_t **ret);

#endif
