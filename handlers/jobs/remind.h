#ifndef HANDLERS_JOBS_REMIND_H
#define HANDLERS_JOBS_REMIND_H

#include "fcgi/http/request.h"

/*
 * On working days from 8:30: what waits too long, or soon will, to every officer of its bureau.
 * Once per day and officer, whatever fails: what was not done the next run does.
 */
MUST_CHECK enum err remind_run(struct req *q);

#endif
