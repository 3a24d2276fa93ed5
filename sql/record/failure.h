#ifndef SQL_RECORD_FAILURE_H
#define SQL_RECORD_FAILURE_H

#include "sql/db/db.h"

/* Jobs and SMS that failed, given up or still being tried, for the 系统管理员. */
struct failed_job {
	int64_t id;
	const char *kind;
	int64_t subject;
	unsigned state; /* enum job_state */
	int64_t attempts, run_at, created_at;
	const char *note;
};

struct failed_sms {
	int64_t id;
	const char *template_name, *phone_sealed;
	unsigned state; /* enum sms_state */
	int64_t attempts, created_at;
	const char *note;
	bool retriable; /* its text is still kept */
};

/* Newest first, before `before`. */
MUST_CHECK enum err failed_jobs(struct sql *db, struct arena *arena, int64_t before, int64_t limit,
    const struct failed_job **ret, size_t *ret_count);
MUST_CHECK enum err failed_sms(struct sql *db, struct arena *arena, int64_t before, int64_t limit,
    const struct failed_sms **ret, size_t *ret_count);

/* Due now, with all its attempts before it. ERR_NOT_FOUND: no such failure any more. */
MUST_CHECK enum err failed_job_retry(struct sql_tx *tx, int64_t id, int64_t now);
/* As if its attempts were used up: `portal jobs` gives it up and tells whom it concerns. */
MUST_CHECK enum err failed_job_end(struct sql_tx *tx, int64_t id, int64_t attempts, int64_t now);
/* ERR_NOT_FOUND also when its text is gone. */
MUST_CHECK enum err failed_sms_retry(struct sql_tx *tx, int64_t id, int64_t now);

#endif
