#ifndef HANDLERS_SITE_HEALTH_H
#define HANDLERS_SITE_HEALTH_H

#include "fcgi/http/answer.h"

/* What operators of the installation ask it: health and counters. */

/* GET /healthz - 200 when a worker answers. */
extern const struct answer health_answer;
MUST_CHECK enum err health_show(struct req *q);
/* GET /readyz - 200; 503, with the same, when one of them is away. */
extern const struct answer ready_answer;
MUST_CHECK enum err ready_show(struct req *q);
/* GET /metrics - Prometheus text: requests by status, of all workers of this host. */
extern const struct answer metrics_answer;
MUST_CHECK enum err metrics_show(struct req *q);

#endif
