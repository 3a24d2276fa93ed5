#ifndef HANDLERS_JOBS_JOBS_H
#define HANDLERS_JOBS_JOBS_H

#include <stdbool.h>

#include "fcgi/http/request.h"
#include "sql/record/job.h"

/*
 * `portal jobs`: the work of sql/record/job.h, one job at a time, and the janitor
 * between them. Any number of these processes may run, on any number of hosts.
 */

#define JOB_ATTEMPTS_MAX 12

/* Seconds until the next attempt when the n-th (from 1) fails: 5 s, doubled up to 1 h. */
int64_t job_delay(int64_t n);

/* One attempt of the next job due. ERR_OK also when it failed. ERR_NOT_FOUND: nothing is due. */
MUST_CHECK enum err job_step(struct req *q);

/*
 * The subcommand: works until SIGTERM or SIGINT and ends after the job at
 * hand. once: until nothing is due. While the database is away it waits; with
 * `once` it gives up. Returns the exit status.
 */
int jobs_main(struct req *q, bool once);

/* What ran out is cleared away: partial uploads, orphaned files, old answers, exports and jobs. */
MUST_CHECK enum err janitor_run(struct req *q);

/* Its part about files: partial, abandoned and orphaned ones. Empties the arena as it goes. */
MUST_CHECK enum err janitor_files(struct req *q);

/* A 资质认证 that ran out is written down as such, and the unit told; a part of the units per call. */
MUST_CHECK enum err lapse_run(struct req *q);

/*
 * On working days from 8:30: what waits too long, or soon will, to every officer of its bureau.
 * Once per day and officer, whatever fails: what was not done the next run does.
 */
MUST_CHECK enum err remind_run(struct req *q);

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
