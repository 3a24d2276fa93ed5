#ifndef HANDLERS_SITE_ROUTES_H
#define HANDLERS_SITE_ROUTES_H

#include "handlers/common/gate.h"

extern const struct route_table routes_public; /* the public site */
extern const struct route_table routes_review; /* the intranet site */

#endif
