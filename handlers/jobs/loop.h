#ifndef HANDLERS_JOBS_LOOP_H
#define HANDLERS_JOBS_LOOP_H

#include "fcgi/http/request.h"
#include "sql/record/job.h"

/*
 * `portal jobs`: the work of sql/record/job.h, one job at a time, and the routines of jobs.h
 * between them. Any number of these processes may run, on any number of hosts; at least one for
 * each lane, or one that does all.
 */

#define JOB_ATTEMPTS_MAX 12

/* Seconds until the next attempt when the n-th (from 1) fails: 5 s, doubled up to 1 h. */
int64_t job_delay(int64_t n);

/*
 * One attempt of the next job due in this lane; JOB_LANES: in any, SMS first. ERR_OK also when it
 * failed. ERR_NOT_FOUND: nothing is due.
 */
MUST_CHECK enum err job_step(struct req *q, enum job_lane lane);

/*
 * The subcommand: [--lane work|sms] [--once]. Works until SIGTERM or SIGINT and
 * ends after the job at hand. --once: until nothing is due. While the database
 * is away it waits; with --once it gives up. The lane of SMS leaves the routines
 * to the other. Returns the exit status.
 */
int jobs_main(struct req *q, int argc, char *argv[]);

#endif
