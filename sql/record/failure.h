#ifndef SQL_RECORD_FAILURE_H
#define SQL_RECORD_FAILURE_H

#include "sql/db/db.h"
#include "sql/record/sms.h"

/* Jobs and SMS that failed, given up or still being tried, for the 系统管理员. */
#define FAILED_JOB_COLUMNS(C, E)                                                                   \
	C(INT, j, id)                                                                              \
	C(TEXT, j, kind)                                                                           \
	C(INT, j, subject)                                                                         \
	C(CODE, j, state) /* enum job_state */                                                     \
	C(INT, j, attempts)                                                                        \
	C(INT, j, run_at)                                                                          \
	C(INT, j, created_at)                                                                      \
	C(TEXT, j, note)
SQL_ROW(failed_job, FAILED_JOB_COLUMNS)

#define SMS_CODE_GIVEN_UP "3"
_Static_assert(SMS_GIVEN_UP == 3, "as above");
#define FAILED_SMS_COLUMNS(C, E)                                                                   \
	C(INT, s, id)                                                                              \
	E(TEXT, template_name, "s.template")                                                       \
	C(TEXT, s, reference)                                                                      \
	C(TEXT, s, phone_sealed)                                                                   \
	C(CODE, s, state) /* enum sms_state */                                                     \
	C(INT, s, attempts)                                                                        \
	C(INT, s, created_at)                                                                      \
	C(TEXT, s, note)                                                                           \
	E(BOOL, retriable,                                                                         \
	    "state = " SMS_CODE_GIVEN_UP                                                           \
	    " AND text_sealed IS NOT NULL") /* its text is still kept */
SQL_ROW(failed_sms, FAILED_SMS_COLUMNS)

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
