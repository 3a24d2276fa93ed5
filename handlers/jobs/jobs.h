#ifndef HANDLERS_JOBS_JOBS_H
#define HANDLERS_JOBS_JOBS_H

#include "fcgi/http/request.h"
#include "sql/record/job.h"

/* What `portal jobs` does: the routines of loop.c and the jobs of work.c. */

/* What ran out is cleared away: partial uploads, orphaned files, old answers, exports and jobs. */
MUST_CHECK enum err janitor_run(struct req *q);

/* Steps noted since the last time are counted, to sql/application/statistic.h. */
MUST_CHECK enum err statistics_run(struct req *q);

/* kinds of job, one file each */
MUST_CHECK enum err scan_upload_run(struct req *q, struct sql_tx *tx, const struct job *job);
MUST_CHECK enum err
scan_upload_give_up(struct req *q, struct sql_tx *tx, const struct job *job, const char *note);
MUST_CHECK enum err issue_test_run(struct req *q, struct sql_tx *tx, const struct job *job);
MUST_CHECK enum err issue_formal_run(struct req *q, struct sql_tx *tx, const struct job *job);
MUST_CHECK enum err reissue_run(struct req *q, struct sql_tx *tx, const struct job *job);
MUST_CHECK enum err keys_expiring_run(struct req *q, struct sql_tx *tx, const struct job *job);
MUST_CHECK enum err keys_expired_run(struct req *q, struct sql_tx *tx, const struct job *job);
MUST_CHECK enum err certify_unit_run(struct req *q, struct sql_tx *tx, const struct job *job);
MUST_CHECK enum err
certify_unit_give_up(struct req *q, struct sql_tx *tx, const struct job *job, const char *note);
MUST_CHECK enum err make_export_run(struct req *q, struct sql_tx *tx, const struct job *job);
MUST_CHECK enum err
make_export_give_up(struct req *q, struct sql_tx *tx, const struct job *job, const char *note);
MUST_CHECK enum err send_sms_run(struct req *q, struct sql_tx *tx, const struct job *job);
MUST_CHECK enum err send_sms_begin(struct req *q, struct sql_tx *tx, const struct job *job);
MUST_CHECK enum err
send_sms_failed(struct req *q, struct sql_tx *tx, const struct job *job, const char *note);
MUST_CHECK enum err
send_sms_give_up(struct req *q, struct sql_tx *tx, const struct job *job, const char *note);

#endif
