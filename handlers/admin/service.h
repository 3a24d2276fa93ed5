#ifndef HANDLERS_ADMIN_SERVICE_H
#define HANDLERS_ADMIN_SERVICE_H

#include "fcgi/http/request.h"

/* What operators of the installation ask it: health, counters, its own description. */

/* GET /healthz - 200 when a worker answers. */
MUST_CHECK enum err health_show(struct req *q);
/* GET /readyz - 200 {"database","redis","store"}; 503 when one of them is away. */
MUST_CHECK enum err ready_show(struct req *q);
/* GET /metrics - Prometheus text: requests by status, of all workers of this host. */
MUST_CHECK enum err metrics_show(struct req *q);
/* GET /api/v1/openapi.json - OpenAPI 3.1, made from the route and form tables. */
MUST_CHECK enum err openapi_portal_show(struct req *q);
MUST_CHECK enum err openapi_review_show(struct req *q);

#endif
