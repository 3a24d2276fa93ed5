#ifndef TESTS_FAKES_UPLOAD_STORE_H
#define TESTS_FAKES_UPLOAD_STORE_H

#include "sql/application/upload.h"

/*
 * Stands in for sql/application/upload.c, job.c and application_file.c's reads: a few rows in memory. Read
 * are also the one of people_store.h and those application_store.h has keys of.
 */
#define FAKE_UPLOADS 32

extern struct fake_uploads {
	struct upload rows[FAKE_UPLOADS];
	size_t count;
	bool busy;       /* somebody else holds every row */
	int64_t reader;  /* a bureau that may read all of them */
	int64_t licence; /* a bureau asked for 人工认证 with them */
	unsigned scan;   /* enum scan of all of them */
	unsigned scan_jobs;
} fake_uploads;

/* Empty, and its transactions roll back with fake_sql. */
void fake_uploads_reset(void);
/* The newest row. */
struct upload *fake_upload_last(void);

#endif
