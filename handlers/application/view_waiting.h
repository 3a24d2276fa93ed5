#ifndef HANDLERS_APPLICATION_VIEW_WAITING_H
#define HANDLERS_APPLICATION_VIEW_WAITING_H

#include "fcgi/http/request.h"
#include "sql/application/application.h"

/*
 * Who has it now, since when, and how long that usually takes:
 * {desk, who, since, usual: {median_days, ninetieth_days} | null}, or null while it
 * lies with the applicant. *ret is the caller's.
 */
MUST_CHECK enum err view_waiting(struct req *q, const struct application *app, json_t **ret);

#endif
