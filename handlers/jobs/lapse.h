#ifndef HANDLERS_JOBS_LAPSE_H
#define HANDLERS_JOBS_LAPSE_H

#include "fcgi/http/request.h"

/* A 资质认证 that ran out is written down as such, and the unit told; a part of the units per call. */
MUST_CHECK enum err lapse_run(struct req *q);

#endif
