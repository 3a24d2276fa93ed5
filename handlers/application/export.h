#ifndef HANDLERS_APPLICATION_EXPORT_H
#define HANDLERS_APPLICATION_EXPORT_H

#include "fcgi/http/answer.h"

/* 导出 of the list (APP-9, A-62): at once up to EXPORT_AT_ONCE rows, by a job beyond. */

#define EXPORT_AT_ONCE 5000            /* rows */
#define EXPORT_LIFE (7 * 24 * 60 * 60) /* seconds a file made by a job may be fetched */

/*
 * GET /applications/export - the filter of the list. 200 the file; 202 the answer, and 站内消息 when it is ready. Asking
 * again while it is being made begins no second one.
 */
extern const struct answer export_answer;
extern const struct form application_export_query;
MUST_CHECK enum err application_export(struct req *q);

/* GET /exports/{key} - a file made by a job, for the person who asked for it; X-Accel-Redirect. */
extern const struct answer export_file_answer;
MUST_CHECK enum err export_download(struct req *q);

#endif
