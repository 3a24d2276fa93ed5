#ifndef HANDLERS_JOBS_LOOP_H
#define HANDLERS_JOBS_LOOP_H

#include <stdbool.h>

#include "fcgi/http/request.h"

/*
 * `portal jobs`: the work of sql/record/job.h, one job at a time, and the routines of jobs.h
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

#endif
