#ifndef HANDLERS_STATISTIC_DESK_DURATIONS_H
#define HANDLERS_STATISTIC_DESK_DURATIONS_H

#include "fcgi/http/request.h"

/* Once a day: how long each desk took this month and the three before, to sql/application/desk_duration.h. */
MUST_CHECK enum err desk_durations_run(struct req *q);

#endif
