#ifndef HANDLERS_SITE_OPENAPI_H
#define HANDLERS_SITE_OPENAPI_H

#include <jansson.h>

#include "fcgi/http/route.h"

/*
 * OpenAPI 3.1 of a site, for people who program against it: from its route table and the forms and
 * answers its rows name. title and cookie: of the site. The caller owns the result.
 */
json_t *export_openapi(const struct route_table *table, const char *title, const char *cookie);

#endif
