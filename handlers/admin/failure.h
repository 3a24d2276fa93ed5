#ifndef HANDLERS_ADMIN_FAILURE_H
#define HANDLERS_ADMIN_FAILURE_H

#include "fcgi/http/answer.h"

/*
 * What `portal jobs` could not do, with the reason, for the 系统管理员: tried
 * again or given up. SMS that carried a code or a password cannot be sent
 * again, their text is gone; others keep it for SMS_KEPT after they were given up.
 */

/* GET /failures/jobs?cursor= - newest first. */
extern const struct answer failed_jobs_answer;
MUST_CHECK enum err failure_jobs_index(struct req *q);
/* GET /failures/sms?cursor= - newest first. */
extern const struct answer failed_sms_page_answer;
MUST_CHECK enum err failure_sms_index(struct req *q);
/* POST /failures/jobs/{id}/retry, /failures/jobs/{id}/end, /failures/sms/{id}/retry - 204. */
MUST_CHECK enum err failure_job_retry(struct req *q);
MUST_CHECK enum err failure_job_end(struct req *q);
MUST_CHECK enum err failure_sms_retry(struct req *q);

#endif
