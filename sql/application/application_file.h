#ifndef SQL_APPLICATION_APPLICATION_FILE_H
#define SQL_APPLICATION_APPLICATION_FILE_H

#include "sql/db/db.h"

/*
 * Which upload answers which file field of an application. The applicant
 * changes these; what was filed at a 提交 is kept apart, round by round, and is
 * all the bureaus ever see.
 */
#define APPLICATION_FILE_COLUMNS(C, E)                                                             \
	C(TEXT, f, field)                     /* of either form */                                 \
	C(TEXT, f, upload_id)                 /* 32 hex digits */                                  \
	C(TEXT, u, name)                      /* for display */                                    \
	E(INT, size, "u.length")              /* bytes */                                          \
	C(TEXT, u, type)                      /* media type */                                     \
	C(TEXT, u, digest)                    /* 64 hex digits */                                  \
	E(CODE, scan, "COALESCE(s.state, 0)") /* enum scan (sql/application/upload_scan.h) */
SQL_ROW(application_file, APPLICATION_FILE_COLUMNS)

/* By field. At most one per file field of the two forms. */
MUST_CHECK enum err application_files(struct sql *db, struct arena *arena, int64_t application_id,
    const struct application_file **ret, size_t *ret_count);
/* As application_files, of one round. */
MUST_CHECK enum err application_round_files(struct sql *db, struct arena *arena,
    int64_t application_id, int64_t round, const struct application_file **ret, size_t *ret_count);

/* upload_id NULL: the field is empty now. */
MUST_CHECK enum err application_file_put(struct sql_tx *tx, int64_t application_id,
    const char *field, const char *upload_id);
MUST_CHECK enum err application_round_file_add(struct sql_tx *tx, int64_t application_id,
    int64_t round, const char *field, const char *upload_id);

/*
 * May the reader of an application read this upload? For a unit: it answers a
 * field of one of its applications, now or in a round. For a bureau: it was
 * filed in an application that passes this bureau, of a region whose code begins
 * with `scope` (not NULL). The other id is 0.
 */
MUST_CHECK enum err application_reads_upload(struct sql *db, struct arena *arena,
    const char *upload_id, int64_t unit_id, int64_t bureau_id, const char *scope, bool *ret);

#endif
