#ifndef HANDLERS_SITE_EXPORT_TABLES_H
#define HANDLERS_SITE_EXPORT_TABLES_H

#include <jansson.h>

#include "fcgi/http/form_export.h"
#include "fcgi/http/route.h"

/*
 * The tables of the program as JSON, for the browser (rules.json). The caller owns results.
 */

/* All of them; with a site's table only what may be sent there, and nothing of the administration. */
json_t *export_rules(const struct route_table *site);

#endif
