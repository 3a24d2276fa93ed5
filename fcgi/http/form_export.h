#ifndef FCGI_HTTP_FORM_EXPORT_H
#define FCGI_HTTP_FORM_EXPORT_H

#include "fcgi/http/form.h"

/* The two ways a form leaves the program. */

/* The table as a browser reads it. The caller owns the result. */
json_t *form_export(const struct form *form);
/* JSON Schema 2020-12 of what the form accepts, for OpenAPI. The caller owns the result. */
json_t *form_schema(const struct form *form);

#endif
